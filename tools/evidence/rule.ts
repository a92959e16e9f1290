import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Area } from './area.ts';
import type { Finding } from './finding.ts';

/**
 * Facts in, findings out. No I/O, no clock, no knowledge of another area. Thresholds stand in the area's `thresholds.ts`
 * with their reason. Each rule stands in its area's explicit list and has a test: fires, near miss, absent data.
 */
export interface Rule<Facts> {
  /** `area/what-it-sees`, equal to the file's name: `memory/memcg-oom` in `memcg-oom.ts`. */
  id: string;
  area: Area;
  /** Every code the rule can speak for; empty for a rule that only sees symptoms. */
  codes: readonly CauseCode[];
  apply(facts: Facts): Finding[];
}
