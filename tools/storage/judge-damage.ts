import type { Finding } from '../evidence/finding.ts';
import type { Rule } from '../evidence/rule.ts';
import type { Damage, DamageCase } from './damage-facts.ts';
import type { HostDiskFacts } from './host-disk-facts.ts';
import { damageFollowsKernel } from './rules/damage-follows-kernel.ts';

/** Rules that compare damaged data over hosts. */
export const DAMAGE_RULES: readonly Rule<DamageCase>[] = [damageFollowsKernel];

/** What damaged data on hosts has in common. Pure. */
export function judgeDamage(hosts: readonly HostDiskFacts[], damages: readonly Damage[]): Finding[] {
  return DAMAGE_RULES.flatMap((rule) => rule.apply({ hosts, damages }));
}
