import type { AgentEvent, AgentRun, AgentTask } from './agent-run.ts';
import type { ModelSettings } from './model-settings.ts';
import { closeBook, openBook } from './run-book.ts';

/** Of the time there is, what the looking may take; the rest belongs to the answer. */
const LOOKING_SHARE = 0.7;
/** No more often is a piece of the reply told. */
const DRAFT_EVERY_MS = 100;

/** Switches by which the framework would send every run to a service of its maker. */
const TRACING = ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'];

/** Begins to load the framework (half a second), while the first look still reads the platform. */
export function prepareAgent(): void {
  // What goes wrong here goes wrong again, and is told, when a run needs it.
  import('./agent-loop.ts').catch(() => {});
}

/**
 * Lets a model work on a task: it may call the tools, then gives an answer that has the form and passes the check. Whatever happens on the way (a dead,
 * slow, dear or babbling model, broken calls, throwing tools) the run ends within `task.limits.deadlineMs`, and `failure` says why there is no answer.
 *
 * The framework is loaded with the first run or by `prepareAgent`, not before.
 *
 * @param onEvent what happens meanwhile; what it throws is ignored
 * @param signal the asker's own wish to end; reaches the wire and the tools
 * @throws only for a bug of ours: a tool named like another, a check that throws
 */
export async function runAgent(
  task: AgentTask,
  settings: ModelSettings,
  onEvent: (event: AgentEvent) => void,
  signal: AbortSignal,
): Promise<AgentRun> {
  const end = new AbortController();
  const endLooking = new AbortController();
  const timers = [
    setTimeout(() => end.abort(new Error('deadline')), task.limits.deadlineMs),
    setTimeout(() => endLooking.abort(new Error('no more time to look')), task.limits.deadlineMs * LOOKING_SHARE),
  ];
  const ending = AbortSignal.any([signal, end.signal]);
  const looking = AbortSignal.any([ending, endLooking.signal]);
  const emit = emitter(onEvent);
  const book = openBook(task, settings, { signal: ending, looking }, emit.emit);
  try {
    assertNames(task);
    // The framework and its network calls may take their time to end: nobody waits for that.
    await Promise.race([work(), aborted(ending)]);
    if (ending.aborted && book.answer === null) book.failure = signal.aborted ? 'aborted' : 'deadline';
    return closeBook(book);
  } finally {
    emit.stop();
    for (const timer of timers) clearTimeout(timer);
    // Whatever is still under way has no reader any more.
    end.abort();
  }

  async function work(): Promise<void> {
    if (signal.aborted) return;
    for (const name of TRACING) if (process.env[name] !== undefined) process.env[name] = 'false';
    const { agentLoop } = await import('./agent-loop.ts');
    await agentLoop(book);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}

function assertNames({ tools }: AgentTask): void {
  const names = new Set(['give_answer', ...tools.map(({ name }) => name)]);
  if (names.size <= tools.length) throw new Error('two tools have one name');
}

function emitter(onEvent: (event: AgentEvent) => void): { emit(event: AgentEvent): void; stop(): void } {
  let open = true;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    emit(event) {
      if (!open) return;
      if (event.kind === 'draft') {
        if (performance.now() - lastMs < DRAFT_EVERY_MS) return;
        lastMs = performance.now();
      }
      try {
        onEvent(event);
      } catch {
        // Who waits may have gone; the work is not to end for that.
      }
    },
    stop() {
      open = false;
    },
  };
}
