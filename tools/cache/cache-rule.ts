import type { Rule } from '../evidence/rule.ts';
import type { CacheFacts, CacheScope } from './cache-facts.ts';

/** What a rule of this area judges: the facts, and what the question is about. */
export interface CacheCase {
  facts: CacheFacts;
  scope: CacheScope;
}

export type CacheRule = Rule<CacheCase>;
