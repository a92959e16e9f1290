import type { Finding } from '../evidence/finding.ts';
import type { CacheFacts, CacheScope } from './cache-facts.ts';
import { CACHE_RULES } from './rules/index.ts';

/** Every judgement of the area's rules about a cache, for what the question is about. Pure. */
export function judgeCache(facts: CacheFacts, scope: CacheScope): Finding[] {
  return CACHE_RULES.flatMap((rule) => rule.apply({ facts, scope }));
}
