/** What went over the wire in the latest request. */
export interface WireState {
  /** null: no answer came. */
  status: number | null;
  /** What the server asks to wait, in milliseconds. */
  retryAfterMs: number | null;
  bytes: number;
  /** Whether the last thing said was the end mark of a stream. */
  done: boolean;
  trouble: 'unreachable' | 'stalled' | 'broken' | 'too_large' | null;
}

export interface WatchedWire {
  fetch: typeof globalThis.fetch;
  /** Null until something was asked. */
  state: WireState | null;
}

/** An answer of a model is some kilobytes; a server that never ends is stopped. */
const MAX_BYTES = 8 << 20;
/** The end mark with what may stand after it. */
const TAIL_BYTES = 16;

/**
 * A fetch that gives up what stalls: no byte for `idleMs` (headers or body), more bytes than an answer can have, a redirect (the request, with
 * question and key, would go to another host). Whatever ends it closes the connection.
 */
export function watchWire(idleMs: number): WatchedWire {
  const wire: WatchedWire = {
    state: null,
    async fetch(input, init) {
      const state: WireState = { status: null, retryAfterMs: null, bytes: 0, done: false, trouble: null };
      wire.state = state;
      const stop = new AbortController();
      const giveUp = (trouble: WireState['trouble']) => {
        state.trouble ??= trouble;
        stop.abort();
      };
      const timer = setTimeout(() => giveUp('stalled'), idleMs);
      const signal = init?.signal ? AbortSignal.any([init.signal, stop.signal]) : stop.signal;
      let response: Response;
      try {
        response = await globalThis.fetch(input, { ...init, signal, redirect: 'manual' });
      } catch (error) {
        clearTimeout(timer);
        if (init?.signal?.aborted !== true) state.trouble ??= 'unreachable';
        throw error;
      }
      timer.refresh();
      state.status = response.status;
      state.retryAfterMs = retryAfterMs(response.headers.get('retry-after'));
      if (response.body === null) {
        clearTimeout(timer);
        return response;
      }
      let tail: Buffer = Buffer.alloc(0);
      const body = watched(response.body, {
        onBytes(bytes) {
          timer.refresh();
          state.bytes += bytes.length;
          tail = Buffer.concat([tail, bytes.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
          state.done = tail.includes('[DONE]');
          if (state.bytes > MAX_BYTES) giveUp('too_large');
        },
        onBroken: () => {
          if (init?.signal?.aborted !== true) state.trouble ??= 'broken';
        },
        onEnd: () => clearTimeout(timer),
        onCancel: () => stop.abort(),
      });
      return new Response(body, response);
    },
  };
  return wire;
}

interface Watcher {
  onBytes(bytes: Uint8Array): void;
  onBroken(): void;
  onEnd(): void;
  onCancel(): void;
}

function watched(body: ReadableStream<Uint8Array>, watcher: Watcher): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          watcher.onEnd();
          controller.close();
          return;
        }
        watcher.onBytes(value);
        controller.enqueue(value);
      } catch (error) {
        watcher.onEnd();
        watcher.onBroken();
        controller.error(error);
      }
    },
    async cancel(reason) {
      watcher.onEnd();
      watcher.onCancel();
      await reader.cancel(reason).catch(() => {});
    },
  });
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (header.trim() !== '' && Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
