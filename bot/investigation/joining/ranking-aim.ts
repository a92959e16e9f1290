import type { RunEnd } from './run-end.ts';

/** What is asked about: the first place goes to what explains that. */
export interface RankingAim {
  end: RunEnd;
  asks: 'failure' | 'slowness' | 'status';
  /** The run's time was booked, so what something cost is known or was nothing. */
  timed: boolean;
}
