import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import { isSameContainer } from '../../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import { isWithin } from '../../host/oom-messages.ts';
import type { Reading } from '../../host/readings.ts';
import { intervalsOf, riseOf } from '../group-intervals.ts';
import { parentPaths } from '../group-tree.ts';
import { limitHitsOf, limitOf, newestReading, oomKillsOf, peakOf } from '../group-values.ts';
import { coveringLog } from '../log-coverage.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * The group's own counter says that the OOM killer took one of its processes, and no kernel line tells of it (ring buffer
 * overwritten, log not kept). The counter lasts for the group's life: for a container that is the container's life; for a
 * long-lived group it may be an hour old unless it rose between two samples, and a log that covers the time without a kill
 * says that it is.
 */
export const oomCounter: Rule<HostMemoryFacts> = {
  id: 'memory/oom-counter',
  area: 'memory',
  codes: ['kernel.memcg_oom', 'kernel.memcg_ancestor_oom', 'kernel.global_oom'],
  apply(facts) {
    const told = facts.kernelLogs.flatMap((log) => log.kills).flatMap((kill) => kill.taskMemcg ?? []);
    // Version 2 counts the kills of sub-groups in the parent as well: only leaves are judged.
    const parents = parentPaths(facts.groups);
    const logged = coveringLog(facts) !== null;
    return facts.groups.flatMap((group): Finding[] => {
      const kills = newestReading(group, oomKillsOf);
      if (!kills || kills.value <= 0 || parents.has(group.path)) return [];
      if (told.some((path) => isSameContainer(path, group.path))) return [];
      if (logged && !isOfTheRun(group)) return [];
      return [toFinding(facts, group, kills)];
    });
  },
};

interface Verdict {
  code: CauseCode;
  full: GroupFacts | null;
}

function toFinding(facts: HostMemoryFacts, group: GroupFacts, kills: Reading): Finding {
  const rise = riseSeen(group);
  const verdict = verdictOf(facts, group);
  const ownLife = isOfTheRun(group);
  const own = verdict.code === 'kernel.memcg_oom';
  const limit = newestReading(group, limitOf);
  const hits = newestReading(group, limitHitsOf);
  const name = shortGroup(group.path);
  const limitWords = limit && Number.isFinite(limit.value) ? bytes(limit.value) : null;
  const why = own
    ? {
        en: `at its own limit${limitWords ? ` of ${limitWords}` : ''}`,
        zh: `达到自身上限${limitWords ? ` ${limitWords}` : ''}`,
      }
    : verdict.full
      ? {
          en: `while the group above, ${verdict.full.path}, was at its limit and its own never was`,
          zh: `当时上级 cgroup ${verdict.full.path} 触限，而它自己从未触限`,
        }
      : { en: 'while its own limit was never hit', zh: '而它自身从未触限' };
  const sure = own && ownLife;
  return {
    area: 'memory',
    rule: oomCounter.id,
    kind: sure ? 'observed' : 'inferred',
    code: verdict.code,
    symptom: 'process_killed',
    statement: {
      en: `The kernel's OOM killer took ${kills.value} process(es) of group ${name} ${why.en}${ownLife ? '' : '; the counter does not say when'}`,
      zh: `内核 OOM killer 杀死了 cgroup ${name} 中的 ${kills.value} 个进程，${why.zh}${ownLife ? '' : '；计数器没有说明时间'}`,
    },
    keys: hostGroupKeys(facts, group.path),
    at: rise?.at ?? null,
    evidence: [
      ...readingEvidence(
        [verdict.full ? newestReading(verdict.full, limitHitsOf) : null, limit, newestReading(group, peakOf), hits],
        null,
      ),
      ...readingEvidence([rise?.before, kills], rise?.at ?? null),
    ],
    count: kills.value,
    weight: sure ? 0.9 : ownLife ? 0.6 : 0.15,
    values: {
      oomKills: kills.value,
      ...(limit && Number.isFinite(limit.value) ? { limitBytes: limit.value } : {}),
      ...(hits ? { failcnt: hits.value } : {}),
    },
  };
}

/** A container's counter is of its own life; another group's only when it is seen to rise. */
function isOfTheRun(group: GroupFacts): boolean {
  return group.identity.containerId !== undefined || riseSeen(group) !== null;
}

function riseSeen(group: GroupFacts): { at: number | null; before: Reading } | null {
  for (const interval of intervalsOf(group)) {
    const kills = riseOf(interval, oomKillsOf);
    if (kills && kills.rise > 0) return { at: interval.after.at ?? interval.before.at, before: kills.before };
  }
  return null;
}

function verdictOf(facts: HostMemoryFacts, group: GroupFacts): Verdict {
  if ((newestReading(group, limitHitsOf)?.value ?? 0) > 0) return { code: 'kernel.memcg_oom', full: null };
  const above = facts.groups
    .filter((other) => other.path !== group.path && isWithin(group.path, other.path))
    .filter((other) => (newestReading(other, limitHitsOf)?.value ?? 0) > 0 && reachedLimit(other));
  const full = above.at(-1) ?? null;
  return { code: full ? 'kernel.memcg_ancestor_oom' : 'kernel.global_oom', full };
}

function reachedLimit(group: GroupFacts): boolean {
  const [limit, peak] = [newestReading(group, limitOf), newestReading(group, peakOf)];
  if (!limit || !Number.isFinite(limit.value)) return false;
  return peak === null || peak.value >= limit.value * MEMORY_THRESHOLDS.atLimitShare;
}
