import { FAILURE_STATEMENTS, RunEnded } from './agent-failure.ts';
import type { AgentEvent, AgentFailure, AgentRun, AgentTask } from './agent-run.ts';
import type { ModelSettings } from './model-settings.ts';

/** What a stream has told so far, beside the message that the framework makes of it. */
export interface Spoken {
  characters: number;
  finishReason: string | null;
  refused: boolean;
}

/** All that the guards of one run share. One run, one book. */
export interface RunBook {
  readonly task: AgentTask;
  readonly settings: ModelSettings;
  readonly model: string;
  /** Ends with the deadline or with the asker's own wish. */
  readonly signal: AbortSignal;
  /** Ends earlier: from then on nothing is looked at, so that time is left for the answer. */
  readonly looking: AbortSignal;
  readonly startedMs: number;
  /** What the tools cost in every request: their names, descriptions and forms. */
  toolText: string;
  readonly calls: { tool: string; input: unknown; outcome: AgentRun['calls'][number]['outcome'] }[];
  /** Calls of the model that were answered, and requests sent. */
  answered: number;
  sent: number;
  inputTokens: number;
  outputTokens: number;
  /** The longest answered call, in milliseconds. */
  slowestMs: number;
  /** What servers count for one token of our guess. */
  tokensPerGuess: number;
  spoken: Spoken;
  /** Looking has ended: only the answer is taken from now on. */
  lastWord: boolean;
  /** Answers sent back to be mended. */
  repairs: number;
  answer: { value: unknown } | null;
  failure: AgentFailure | null;
  /** Tells people; silent once the run is over. */
  emit(event: AgentEvent): void;
}

/** A book with nothing in it. */
export function openBook(
  task: AgentTask,
  settings: ModelSettings,
  signals: { signal: AbortSignal; looking: AbortSignal },
  emit: (event: AgentEvent) => void,
): RunBook {
  return {
    task,
    settings,
    ...signals,
    emit,
    model: task.model === 'strong' ? settings.strongModel : settings.smallModel,
    startedMs: performance.now(),
    toolText: '',
    calls: [],
    answered: 0,
    sent: 0,
    inputTokens: 0,
    outputTokens: 0,
    slowestMs: 0,
    tokensPerGuess: 1,
    spoken: silence(),
    lastWord: false,
    repairs: 0,
    answer: null,
    failure: null,
  };
}

/** Nothing said yet. */
export function silence(): Spoken {
  return { characters: 0, finishReason: null, refused: false };
}

/** Notes the reason, the first of several, and ends the run. */
export function endRun(book: RunBook, reason: AgentFailure): never {
  book.failure ??= reason;
  throw new RunEnded(reason);
}

/** What is left of the time, in milliseconds. */
export function remainingMs(book: RunBook): number {
  return book.task.limits.deadlineMs - (performance.now() - book.startedMs);
}

/** Price of tokens in USD; null for a model without a price. */
export function usdOf(book: RunBook, inputTokens: number, outputTokens: number): number | null {
  const price = Object.hasOwn(book.settings.prices, book.model) ? book.settings.prices[book.model] : undefined;
  return price === undefined ? null : (inputTokens * price.inputUsd + outputTokens * price.outputUsd) / 1e6;
}

/** The run as it is told to others. */
export function closeBook(book: RunBook): AgentRun {
  const reason = book.answer === null ? (book.failure ?? 'nonsense') : null;
  return {
    answer: book.answer?.value ?? null,
    failure: reason === null ? null : { reason, statement: FAILURE_STATEMENTS[reason] },
    calls: [...book.calls],
    costs: {
      modelCalls: book.sent,
      inputTokens: book.inputTokens,
      outputTokens: book.outputTokens,
      usd: usdOf(book, book.inputTokens, book.outputTokens),
      model: book.model,
    },
  };
}
