/** Runs work of one name at most so many at a time, in the order it came; work of other names is not held up. */
export function lanes(width: number): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  return async (name, work) => {
    if ((underWay.get(name) ?? 0) >= width) {
      // The place of whoever ends is handed over: the count stays.
      await new Promise<void>((begin) => {
        const queue = waiting.get(name) ?? [];
        waiting.set(name, queue);
        queue.push(begin);
      });
    } else underWay.set(name, (underWay.get(name) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const next = waiting.get(name)?.shift();
      if (next) next();
      else underWay.set(name, (underWay.get(name) ?? 1) - 1);
    }
  };
}
