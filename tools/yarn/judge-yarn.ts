import type { Finding } from '../evidence/finding.ts';
import type { YarnFacts, YarnScope } from './facts.ts';
import { resolveAsked } from './resolve-asked.ts';
import { YARN_RULES } from './yarn-rules.ts';

/** Every judgement of the area's rules about the applications of a scope; the facts' own scope when none is given. Pure. */
export function judgeYarn(facts: YarnFacts, scope?: YarnScope): Finding[] {
  const scoped = scope ? { ...facts, scope, ...resolveAsked(facts.applications, scope) } : facts;
  return YARN_RULES.flatMap((rule) => rule.apply(scoped));
}
