import type { RunEnd } from './run-end.ts';

/** What is asked about: the first place goes to what explains that. */
export interface RankingAim {
  end: RunEnd;
  asks: 'failure' | 'slowness' | 'status';
  /** The run's time was booked, so what something cost is known or was nothing. */
  timed: boolean;
  /** Slowness is spoken of beside what is asked. */
  speaksOfSlowness?: boolean;
  /** A guess of the asker is refuted by what was read of the very thing they suspect. */
  guessRefuted?: boolean;
}
