/** What one ResourceManager's metrics say of one time. */
export interface ManagerSample<T> {
  /** `yarn-rm@<host>`, by the series' `instance`. */
  service: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Some figure is above zero: a ResourceManager on stand-by has cleared all of them. */
  inUse: boolean;
  value: T;
}

/**
 * Samples of one ResourceManager at each time, oldest first: of a pair the active one. A metrics server may scrape several clusters,
 * whose queues bear the same names; where two were in use at once it is not known which is meant, and neither is taken.
 *
 * @returns the samples, and at how many times there were several
 */
export function ofOneManager<T>(samples: readonly ManagerSample<T>[]): { samples: ManagerSample<T>[]; mixed: number } {
  const times = [...Map.groupBy(samples, ({ at }) => at)].sort(([a], [b]) => a - b);
  let mixed = 0;
  const chosen = times.flatMap(([, ofTime]) => {
    const inUse = ofTime.filter((sample) => sample.inUse);
    if (inUse.length > 1) mixed += 1;
    return inUse.length > 1 ? [] : (inUse[0] ?? ofTime[0] ?? []);
  });
  return { samples: chosen, mixed };
}
