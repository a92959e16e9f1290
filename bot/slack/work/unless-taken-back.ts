import { TAKEN_BACK } from './work-loop.ts';

/** After the asker took a question back, what was begun to be shown has so long to stand. */
const LAST_MS = 30_000;

/**
 * A signal that ends with another, but not because the asker took the question back: an answer that is there already is shown, and
 * whoever is told "cancelled" is told once.
 */
export function unlessTakenBack(signal: AbortSignal, lastMs = LAST_MS): AbortSignal {
  const stop = new AbortController();
  const end = () => {
    if (signal.reason === TAKEN_BACK) setTimeout(() => stop.abort(TAKEN_BACK), lastMs).unref();
    else stop.abort(signal.reason);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return stop.signal;
}
