/**
 * Jobs, stage attempts, executors and queries that are kept of one log, of each kind: one costs some kilobytes with its quotes. The
 * largest logs recorded hold some thousand; a log that grows them without end must not exhaust memory.
 */
export const MOST_KEPT = 100_000;
/** Accumulators whose totals are kept: a hundred for each of many stages. */
export const MOST_ACCUMULATORS = 3_000_000;

/** Room for a number of things; what finds none is counted. */
export interface BoundedRoom {
  /** True when one more fits. */
  take(): boolean;
  /** How often there was no room. */
  refused(): number;
}

export function boundedRoom(most = MOST_KEPT): BoundedRoom {
  let taken = 0;
  let refused = 0;
  return {
    take() {
      if (taken < most) taken += 1;
      else refused += 1;
      return refused === 0;
    },
    refused: () => refused,
  };
}
