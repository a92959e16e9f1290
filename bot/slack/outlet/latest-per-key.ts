/** One job for a key. */
export interface Job<Wanted> {
  wanted: Wanted;
  /** Aborts when something newer is wanted, or nobody waits any more. */
  signal: AbortSignal;
}

interface Lane<Wanted, Result> {
  next: { wanted: Wanted; waiters: Waiter<Result>[] } | null;
  running: { job: Job<Wanted>; stop: AbortController; waiters: Waiter<Result>[] } | null;
}

interface Waiter<Result> {
  signal: AbortSignal;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

const OVERTAKEN = new Error('something newer is to be put');

/**
 * Runs one job at a time for each key. What comes while one is at work replaces what waits: only the latest is carried out, and all who
 * waited get its result. What comes also ends an attempt that has not gone out yet (`job.signal`).
 *
 * @param replace what is wanted when something newer comes before the older is carried out
 */
export function latestPerKey<Wanted, Result>(
  carryOut: (key: string, job: Job<Wanted>) => Promise<Result>,
  replace: (older: Wanted, newer: Wanted) => Wanted,
): (key: string, wanted: Wanted, signal: AbortSignal) => Promise<Result> {
  const lanes = new Map<string, Lane<Wanted, Result>>();

  const run = async (key: string, lane: Lane<Wanted, Result>) => {
    while (lane.next) {
      const { wanted, waiters } = lane.next;
      lane.next = null;
      lane.running = null;
      const stop = new AbortController();
      const job = { wanted, signal: stop.signal };
      lane.running = { job, stop, waiters };
      if (waiters.every(({ signal }) => signal.aborted)) continue;
      try {
        const result = await carryOut(key, job);
        for (const waiter of waiters) waiter.resolve(result);
      } catch (error) {
        const next = lane.next as Lane<Wanted, Result>['next'];
        // Whoever waited for what was overtaken gets what overtook it.
        if (error === OVERTAKEN && next) next.waiters.unshift(...waiters);
        else for (const waiter of waiters) waiter.reject(error);
      }
    }
    lanes.delete(key);
  };

  return async (key, wanted, signal) => {
    signal.throwIfAborted();
    return await new Promise<Result>((resolve, reject) => {
      const lane = lanes.get(key) ?? { next: null, running: null };
      const leave = () => giveUp(lane, waiter);
      const waiter: Waiter<Result> = {
        signal,
        resolve(result) {
          signal.removeEventListener('abort', leave);
          resolve(result);
        },
        reject(error) {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      const older = lane.next ?? lane.running?.job;
      const merged = older ? replace(older.wanted, wanted) : wanted;
      lane.next = { wanted: merged, waiters: [...(lane.next?.waiters ?? []), waiter] };
      if (lanes.has(key)) {
        lane.running?.stop.abort(OVERTAKEN);
      } else {
        lanes.set(key, lane);
        void run(key, lane);
      }
    });
  };
}

/** A waiter whose signal ended leaves; work that nobody waits for any more ends. */
function giveUp<Wanted, Result>(lane: Lane<Wanted, Result>, waiter: Waiter<Result>): void {
  waiter.reject(waiter.signal.reason);
  const running = lane.running;
  if (running?.waiters.every(({ signal }) => signal.aborted)) running.stop.abort(waiter.signal.reason);
}
