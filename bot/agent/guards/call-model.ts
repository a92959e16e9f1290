import { setTimeout as wait } from 'node:timers/promises';
import type { AIMessage, BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import type { AgentFailure } from '../agent-run.ts';
import { endRun, type RunBook, remainingMs, silence } from '../run-book.ts';
import type { WatchedWire, WireState } from './watch-wire.ts';
import { guessInput, tooDear } from './what-is-left.ts';

/** In one run, of all its calls together: a server in trouble is not pressed further. */
const MAX_RETRIES = 2;
const FIRST_WAIT_MS = 300;
/** Where a stall was waited out once, there is seldom time for a second. */
const MAX_STALLS = 1;

/**
 * One call of the model, tried again where that can help and there is time for it; else the run ends with the reason. Counts what each call cost,
 * failed ones by a guess.
 */
export function callModel(book: RunBook, wire: WatchedWire) {
  let retries = 0;
  let stalls = 0;
  return createMiddleware({
    name: 'call-model',
    wrapModelCall: async (request, handler) => {
      const messages = request.messages.map(withoutName);
      const guess = guessInput(book, messages);
      for (;;) {
        const from = performance.now();
        book.spoken = silence();
        wire.state = null;
        book.sent += 1;
        let why: AgentFailure;
        const state = () => wire.state;
        try {
          const message = await handler({ ...request, messages });
          count(book, message, guess);
          const trouble = troubleOf(book, state(), message);
          if (trouble === null) {
            book.answered += 1;
            book.slowestMs = Math.max(book.slowestMs, performance.now() - from);
            return message;
          }
          why = trouble;
        } catch (error) {
          why = whyOf(book, state(), error);
          if (state()?.status === 200) count(book, null, guess);
        }
        if (why === 'stalled') stalls += 1;
        const pauseMs = state()?.retryAfterMs ?? FIRST_WAIT_MS * 3 ** retries;
        const hopeless = !mayHelp(why, state()) || retries >= MAX_RETRIES || stalls > MAX_STALLS;
        // Half of what is left has to remain for the answer itself.
        const paid = !tooDear(book, Math.ceil(guess * book.tokensPerGuess), 1);
        if (hopeless || !paid || pauseMs > remainingMs(book) / 2) return endRun(book, why);
        retries += 1;
        await wait(pauseMs, undefined, { signal: book.signal }).catch(() => endRun(book, whyEnded(book)));
      }
    },
  });
}

/** Servers of one vendor take the framework's own name of an assistant's message for a participant's; others refuse it. */
function withoutName<T extends BaseMessage>(message: T): T {
  if (message.name === undefined) return message;
  return Object.assign(Object.create(Object.getPrototypeOf(message)), message, { name: undefined });
}

function count(book: RunBook, message: AIMessage | null, guess: number): void {
  const input = told(message?.usage_metadata?.input_tokens);
  book.inputTokens += input ?? Math.ceil(guess * book.tokensPerGuess);
  book.outputTokens += told(message?.usage_metadata?.output_tokens) ?? Math.ceil(book.spoken.characters / 3);
  if (input !== null) book.tokensPerGuess = Math.max(0.25, input / Math.max(1, guess));
}

/** A count of the server's; null for what cannot be one: it would open the budget. */
function told(tokens: unknown): number | null {
  return typeof tokens === 'number' && Number.isFinite(tokens) && tokens > 0 ? tokens : null;
}

/** What is wrong with a message that came whole. */
function troubleOf(book: RunBook, state: WireState | null, message: AIMessage): AgentFailure | null {
  const { spoken } = book;
  // A stream that is stopped ends without an error in the package's hands.
  if (book.signal.aborted) return whyEnded(book);
  if (state?.trouble === 'stalled') return 'stalled';
  if (state?.trouble === 'too_large') return 'nonsense';
  if (spoken.refused || spoken.finishReason === 'content_filter') return 'refused';
  // A stream that ends says why, or at least that it does; else something in between has closed it.
  if (spoken.finishReason === null && state?.done !== true) return 'cut_off';
  const calls = (message.tool_calls?.length ?? 0) + (message.invalid_tool_calls?.length ?? 0);
  return calls === 0 && message.content === '' && spoken.finishReason !== 'length' ? 'nonsense' : null;
}

function whyEnded(book: RunBook): AgentFailure {
  return remainingMs(book) <= 0 ? 'deadline' : 'aborted';
}

/** @throws the error itself when nothing was asked: it is one of ours */
function whyOf(book: RunBook, state: WireState | null, error: unknown): AgentFailure {
  if (book.failure !== null) return book.failure;
  if (book.signal.aborted) return whyEnded(book);
  if (state === null) throw error;
  if (state.trouble === 'unreachable' || state.trouble === 'stalled') return state.trouble;
  if (state.trouble === 'too_large') return 'nonsense';
  const { status } = state;
  if (status === null) return 'unreachable';
  if (status === 200) {
    if (state.trouble === 'broken' || state.bytes === 0) return 'cut_off';
    // The package throws the server's own error object, told in the middle of a stream.
    return typeof error === 'object' && error !== null && 'error' in error ? 'server_error' : 'nonsense';
  }
  if ([401, 402, 403, 404].includes(status)) return 'not_allowed';
  if (status === 429) return 'rate_limited';
  if (status === 413 || (error as { name?: string }).name === 'ContextOverflowError') return 'over_budget';
  return 'server_error';
}

function mayHelp(why: AgentFailure, state: WireState | null): boolean {
  if (why === 'server_error') return state?.status === 200 || (state?.status ?? 0) >= 500 || state?.status === 408;
  if (why === 'nonsense') return state?.trouble !== 'too_large';
  return ['unreachable', 'rate_limited', 'cut_off', 'stalled'].includes(why);
}
