import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { OomKill } from '../../host/kernel-facts.ts';
import { isWithin } from '../../host/oom-messages.ts';
import type { Reading } from '../../host/readings.ts';
import { newestReading } from '../group-values.ts';
import { scopeOf } from '../kill-scope.ts';
import { killsOf } from '../kills.ts';
import { kernelEvidence, killKeys, processWords, readingEvidence, shortGroup } from '../memory-finding.ts';
import { type VictimChoice, victimChoice } from '../victim-choice.ts';

/**
 * The victim was chosen by a priority as designed: the score adjustments of the candidates form tiers with the victim in the
 * lowest one and they (not size) decided, or a vendor kernel's group priorities are switched on and the victim's group has the
 * lowest. Only where several containers share the full memory: within one container there is nothing to prefer.
 */
export const oomPriority: Rule<HostMemoryFacts> = {
  id: 'memory/oom-priority',
  area: 'memory',
  codes: ['kernel.oom_priority'],
  apply(facts) {
    return killsOf(facts).flatMap((kill): Finding[] => {
      const scope = scopeOf(kill, facts);
      if (scope.kind !== 'ancestor' && scope.kind !== 'global' && scope.kind !== 'restricted') return [];
      const byGroup = groupPriority(facts, kill, scope.victimGroup);
      if (byGroup) return [byGroup];
      const choice = victimChoice(kill, facts);
      return choice && isDesigned(choice) ? [byScore(facts, kill, choice, scope.victimGroup)] : [];
    });
  },
};

/** Tiers by design: the victim has the highest adjustment of all and held a victim's share. A tiny victim is a mistake. */
function isDesigned(choice: VictimChoice): boolean {
  const { victim, tiers, scoresDecided, smallVictim, protectedHolder, byKubernetes } = choice;
  if (!scoresDecided || victim.adj !== tiers.at(-1) || victim.adj <= 0) return false;
  return byKubernetes || (!smallVictim && protectedHolder === null);
}

function byScore(facts: HostMemoryFacts, kill: OomKill, choice: VictimChoice, victimGroup: string | null): Finding {
  const { victim, others, tiers } = choice;
  const rival = others.find((other) => other.adj < victim.adj) ?? others[0];
  const statement: Bilingual = {
    en: `${processWords(victim)} was chosen by priority: its oom_score_adj is ${victim.adj}, the highest of ${tiers.join(', ')}${rival ? `; ${processWords(rival)} with ${rival.adj} held ${bytes(rival.bytes)} against its ${bytes(victim.bytes)}` : ''}`,
    zh: `${processWords(victim)} 是按优先级选中的：它的 oom_score_adj 为 ${victim.adj}，是 ${tiers.join('、')} 中最高的${rival ? `；${processWords(rival)} 为 ${rival.adj}，占用 ${bytes(rival.bytes)}，受害进程占用 ${bytes(victim.bytes)}` : ''}`,
  };
  const sure = !choice.byKubernetes;
  return {
    area: 'memory',
    rule: oomPriority.id,
    kind: sure ? 'observed' : 'inferred',
    code: 'kernel.oom_priority',
    statement,
    keys: killKeys(facts, kill, victimGroup),
    at: kill.at,
    evidence: kernelEvidence(
      facts,
      [...othersByTier(choice).map((other) => other.quote), kill.quotes.constraint, kill.quotes.killed, victim.quote],
      kill.at,
    ),
    count: 1,
    weight: sure ? 1 : 0.3,
    values: {
      pid: victim.pid,
      victimAdj: victim.adj,
      victimBytes: victim.bytes,
      tiers: tiers.join(','),
      ...(rival ? { rivalPid: rival.pid, rivalAdj: rival.adj, rivalBytes: rival.bytes } : {}),
    },
  };
}

/** The largest holder of each other tier: the rows that show the order. */
function othersByTier(choice: VictimChoice) {
  return choice.tiers
    .filter((adj) => adj !== choice.victim.adj)
    .slice(0, 6)
    .flatMap((adj) => choice.others.find((other) => other.adj === adj) ?? []);
}

/** Vendor kernels (C3): `memory.use_priority_oom` on a group above, `memory.priority` 0 to 12 on its children. */
function groupPriority(facts: HostMemoryFacts, kill: OomKill, victimGroup: string | null): Finding | null {
  if (victimGroup === null) return null;
  const above = facts.groups.filter((group) => group.path !== victimGroup && isWithin(victimGroup, group.path));
  const switched = above
    .map((group) => ({
      group,
      reading: newestReading(group, (readings) => readings.get('memory.use_priority_oom') ?? null),
    }))
    .findLast((entry) => entry.reading?.value === 1);
  if (!switched?.reading) return null;
  const children = facts.groups.flatMap((group): { path: string; reading: Reading }[] => {
    const reading = newestReading(group, (readings) => readings.get('memory.priority') ?? null);
    return reading && group.path !== switched.group.path && isWithin(group.path, switched.group.path)
      ? [{ path: group.path, reading }]
      : [];
  });
  const victim = children.find((child) => isWithin(victimGroup, child.path));
  const highest = children.reduce<(typeof children)[number] | null>(
    (best, child) => (best && best.reading.value >= child.reading.value ? best : child),
    null,
  );
  if (!victim || !highest || highest.reading.value <= victim.reading.value) return null;
  if (children.some((child) => child.reading.value < victim.reading.value)) return null;
  const evidence: Evidence[] = [
    ...kernelEvidence(facts, [kill.quotes.constraint, kill.quotes.killed], kill.at),
    ...readingEvidence([highest.reading, switched.reading, victim.reading], null),
  ];
  const [own, best] = [victim.reading.value, highest.reading.value];
  return {
    area: 'memory',
    rule: oomPriority.id,
    kind: 'observed',
    code: 'kernel.oom_priority',
    statement: {
      en: `${processWords(kill)} was chosen by group priority: ${shortGroup(switched.group.path)} kills by priority, and the victim's group has ${own}, others up to ${best}`,
      zh: `${processWords(kill)} 是按 cgroup 优先级选中的：${shortGroup(switched.group.path)} 启用了优先级 OOM，受害者所在组为 ${own}，其他组最高 ${best}`,
    },
    keys: killKeys(facts, kill, victimGroup),
    at: kill.at,
    evidence,
    count: 1,
    weight: 1,
    values: { pid: kill.pid, victimPriority: own, highestPriority: best, switchedOn: switched.group.path },
  };
}
