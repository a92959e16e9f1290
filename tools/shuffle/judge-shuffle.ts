import type { Finding } from '../evidence/finding.ts';
import { SHUFFLE_RULES } from './rules/index.ts';
import { servedWell } from './rules/served-well.ts';
import type { ShuffleFacts, ShuffleScope } from './shuffle-facts.ts';

/**
 * Every judgement of the area's rules about a remote shuffle, for what the question is about. Findings that are proven to be the
 * run's own carry its id. Where no rule finds a cause, it is said what speaks for the service. Pure.
 */
export function judgeShuffle(facts: ShuffleFacts, scope: ShuffleScope): Finding[] {
  const found = SHUFFLE_RULES.flatMap((rule) => rule.apply({ facts, scope }));
  return found.some(({ code }) => code !== null) ? found : [...found, ...servedWell.apply({ facts, scope })];
}
