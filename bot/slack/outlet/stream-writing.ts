import type { Clock } from './call-budget.ts';

/** What is added to a stream (docs.slack.dev, chunks of chat.appendStream). */
export type StreamChunk =
  | { type: 'task_update'; id: string; title: string; status: string }
  | { type: 'markdown_text'; text: string };

/** One writer: what is added while it writes is gathered, a task's later state in place of an earlier one. */
export interface StreamWriting {
  add(chunks: readonly StreamChunk[]): void;
  /** Waits for the write that is under way; nothing is written any more. */
  end(): Promise<void>;
}

/** How to write. */
export interface WritingTools {
  clock: Clock;
  /** The least time from one write to the next, milliseconds. */
  betweenMs: number;
  /** After so long without a write `heartbeat` is written. */
  heartbeatMs: number;
  heartbeat(): readonly StreamChunk[];
  /** The signal ends what has not gone out yet: the final answer must not wait for progress. */
  write(chunks: readonly StreamChunk[], signal: AbortSignal): Promise<void>;
  /** A write that failed ends the writing. */
  failed(error: unknown): void;
  signal: AbortSignal;
}

/** Text of one write: chat.appendStream takes 12,000 characters. */
const MAX_TEXT = 8000;

/** Starts with the first chunk that is added; two writes of one stream never run at once (un-awaited appends open several streams). */
export function streamWriting(tools: WritingTools): StreamWriting {
  const ended = new AbortController();
  const stop = AbortSignal.any([tools.signal, ended.signal]);
  let gathered: StreamChunk[] = [];
  let running: Promise<void> | null = null;
  let wake = () => {};

  const run = async () => {
    while (!stop.aborted) {
      const chunks = gathered.length > 0 ? gathered : tools.heartbeat();
      gathered = [];
      if (chunks.length > 0) await tools.write(chunks, stop);
      await tools.clock.wait(tools.betweenMs, stop);
      if (gathered.length === 0) await sleepOrWake();
    }
  };

  const sleepOrWake = async () => {
    const early = new AbortController();
    wake = () => early.abort();
    const either = AbortSignal.any([stop, early.signal]);
    await tools.clock.wait(tools.heartbeatMs, either).catch(() => undefined);
  };

  return {
    add(chunks) {
      if (stop.aborted) return;
      for (const chunk of chunks) gather(gathered, chunk);
      wake();
      running ??= run().catch((error: unknown) => {
        if (!stop.aborted) tools.failed(error);
        ended.abort();
      });
    },
    async end() {
      ended.abort();
      await running;
    },
  };
}

function gather(gathered: StreamChunk[], chunk: StreamChunk): void {
  const last = gathered.find((one) =>
    chunk.type === 'task_update' ? 'id' in one && one.id === chunk.id : 'text' in one,
  );
  if (!last) gathered.push({ ...chunk });
  else if (chunk.type === 'task_update') Object.assign(last, chunk);
  else if ('text' in last && last.text.length + chunk.text.length <= MAX_TEXT) last.text += chunk.text;
}
