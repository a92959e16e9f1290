import type { Rule } from '../evidence/rule.ts';
import type { ShuffleFacts, ShuffleScope } from './shuffle-facts.ts';

/** What a rule of this area judges: the facts, and what the question is about. */
export interface ShuffleCase {
  facts: ShuffleFacts;
  scope: ShuffleScope;
}

export type ShuffleRule = Rule<ShuffleCase>;
