/** What calls may use, of all sessions together. */
export interface CallLimits {
  /** Calls worked on at a time. */
  atOnce: number;
  /** Calls that may wait for it; one more is refused at once. */
  waiting: number;
  /** From the call's arrival to its answer, in milliseconds. */
  deadlineMs: number;
}

/** How a call ended. */
export type Ended<T> =
  | { ended: 'done'; value: T }
  | { ended: 'broken'; error: unknown }
  | { ended: 'cancelled' }
  | { ended: 'deadline' }
  | { ended: 'busy' };

export type CallGuard = <T>(cancelled: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => Promise<Ended<T>>;

/**
 * Bounds what clients can make the server do: so many calls at a time, each with a deadline, and each stopped when its client cancels.
 * Whoever is stopped is answered at once; its place is free only when its work has really ended.
 */
export function callGuard({ atOnce, waiting, deadlineMs }: CallLimits): CallGuard {
  let atWork = 0;
  const queue = new Set<() => void>();
  const leave = () => {
    const [next] = queue;
    if (next === undefined) atWork -= 1;
    else {
      // The place is handed over: the count stays.
      queue.delete(next);
      next();
    }
  };

  return async (cancelled, work) => {
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(deadlineMs)]);
    const stopped = aborted(signal);
    const why = () => ({ ended: cancelled.aborted ? ('cancelled' as const) : ('deadline' as const) });
    if (signal.aborted) return why();
    if (atWork >= atOnce) {
      if (queue.size >= waiting) return { ended: 'busy' };
      let begin = () => {};
      const turn = new Promise<'turn'>((resolve) => {
        begin = () => resolve('turn');
      });
      queue.add(begin);
      await Promise.race([turn, stopped]);
      if (signal.aborted) {
        // Given a place in the same moment as it was stopped: the place goes on.
        if (!queue.delete(begin)) leave();
        return why();
      }
    } else atWork += 1;
    const done = Promise.resolve()
      .then(() => work(signal))
      .then(
        (value) => ({ ended: 'done' as const, value }),
        (error: unknown) => ({ ended: 'broken' as const, error }),
      )
      .finally(leave);
    const first = await Promise.race([done, stopped]);
    if (first === 'stopped' || (first.ended === 'broken' && signal.aborted)) return why();
    return first;
  };
}

function aborted(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
}
