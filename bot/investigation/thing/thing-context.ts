import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import type { FirstLook } from '../first-look.ts';
import type { Candidate } from '../subject/candidate.ts';

/** What a question about a thing is answered from. */
export interface ThingContext {
  first: FirstLook;
  yarn: YarnFacts;
  candidates: readonly Candidate[];
  /** Names of the services that can be asked, such as `yarn-nm@node2`. */
  services: readonly string[];
  /** The time that the asker named; null when none. */
  window: { from: number; to: number } | null;
  /** Milliseconds since the epoch. */
  now: number;
}
