import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import type { Standing } from '../diagnosis.ts';
import type { Join } from './join-findings.ts';

/** One link of a chain: a finding and how it is joined to the effect above it (null for the topmost). */
export interface Link {
  finding: Finding;
  join: Join | null;
}

/** One possible explanation: a root cause with its chain, symptom first, root last. */
export interface Hypothesis {
  code: CauseCode;
  /** The finding at the root; the strongest of `roots`. */
  root: Finding;
  /** Every finding that speaks for the same code within the scope. */
  roots: readonly Finding[];
  links: readonly Link[];
  standing: Standing;
  /** How much of what the person asks about it explains, 0 to 1. */
  reach: number;
  /** The lost processes that its findings speak of, of all that were lost; absent where nothing was lost. */
  covers?: { lost: ReadonlySet<string>; ofAll: number };
  /** A higher-ranked hypothesis of which this is only an effect. */
  effectOf: CauseCode | null;
  score: number;
}
