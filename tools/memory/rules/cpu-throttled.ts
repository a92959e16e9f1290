import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { GroupFacts } from '../../host/cgroup-facts.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { type Interval, intervalsOf, riseOf } from '../group-intervals.ts';
import { cpuPeriodMs, cpuQuotaOf, newest, periodsOf, throttledMsOf, throttledPeriodsOf } from '../group-values.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * A group's CPU quota ran out in many scheduling periods and it stood still for a good part of the time. Between two samples
 * where there are two; else over the group's life: only periods in which it had something to run are counted, so a quiet
 * time does not dilute the share.
 */
export const cpuThrottled: Rule<HostMemoryFacts> = {
  id: 'memory/cpu-throttled',
  area: 'memory',
  codes: ['kernel.cpu_contention'],
  apply(facts) {
    return facts.groups.flatMap((group): Finding[] => {
      const spans = intervalsOf(group)
        .flatMap((interval) => throttlingBetween(interval) ?? [])
        .sort((a, b) => b.timeShare - a.timeShare);
      const found = spans[0] ?? lifetimeThrottling(group);
      return found ? [toFinding(facts, group, found)] : [];
    });
  },
};

interface Throttling {
  periods: number;
  throttledPeriods: number;
  throttledMs: number;
  periodShare: number;
  timeShare: number;
  lifetime: boolean;
  at: number | null;
  until: number | null;
  readings: (Reading | null)[];
}

function throttlingBetween(interval: Interval): Throttling | null {
  const [periods, throttled] = [riseOf(interval, periodsOf), riseOf(interval, throttledPeriodsOf)];
  const [before, after] = [throttledMsOf(interval.before.readings), throttledMsOf(interval.after.readings)];
  if (!periods || !throttled || !before || !after) return null;
  return judge({
    periods: periods.rise,
    throttledPeriods: throttled.rise,
    throttledMs: after.ms - before.ms,
    periodMs: cpuPeriodMs(interval.after.readings),
    lifetime: false,
    at: interval.before.at,
    until: interval.after.at,
    readings: [
      throttled.before,
      before.reading,
      cpuQuotaOf(interval.after.readings)?.reading ?? null,
      after.reading,
      periods.after,
      throttled.after,
    ],
  });
}

function lifetimeThrottling(group: GroupFacts): Throttling | null {
  const sample = newest(group);
  if (!sample) return null;
  const { readings } = sample;
  const [periods, throttled, time] = [periodsOf(readings), throttledPeriodsOf(readings), throttledMsOf(readings)];
  if (!periods || !throttled || !time) return null;
  return judge({
    periods: periods.value,
    throttledPeriods: throttled.value,
    throttledMs: time.ms,
    periodMs: cpuPeriodMs(readings),
    lifetime: true,
    at: null,
    until: sample.at,
    readings: [cpuQuotaOf(readings)?.reading ?? null, time.reading, periods, throttled],
  });
}

function judge(raw: Omit<Throttling, 'periodShare' | 'timeShare'> & { periodMs: number }): Throttling | null {
  const { minPeriods, throttledPeriodShare, throttledTimeShare } = MEMORY_THRESHOLDS;
  if (raw.periods < minPeriods) return null;
  const periodShare = raw.throttledPeriods / raw.periods;
  const timeShare = raw.throttledMs / (raw.periods * raw.periodMs);
  if (periodShare <= throttledPeriodShare || timeShare <= throttledTimeShare) return null;
  return { ...raw, periodShare, timeShare };
}

function toFinding(facts: HostMemoryFacts, group: GroupFacts, found: Throttling): Finding {
  const sample = newest(group);
  const quota = sample ? cpuQuotaOf(sample.readings) : null;
  const cpus = quota ? Math.round(quota.cpus * 1000) / 1000 : null;
  const percent = Math.round(found.periodShare * 100);
  const seconds = Math.round(found.throttledMs / 1000);
  const when = found.lifetime
    ? { en: 'in its life', zh: '自创建以来' }
    : { en: 'between two samples', zh: '两次采样之间' };
  return {
    area: 'memory',
    rule: cpuThrottled.id,
    kind: 'observed',
    code: 'kernel.cpu_contention',
    symptom: 'slow',
    statement: {
      en: `Group ${shortGroup(group.path)} was CPU-throttled ${when.en} in ${percent} % of its periods (${found.throttledPeriods} of ${found.periods}), ${seconds} s in sum${cpus === null ? '' : `; its quota is ${cpus} CPU`}`,
      zh: `cgroup ${shortGroup(group.path)} ${when.zh}有 ${percent}% 的调度周期被 CPU 限流（${found.periods} 个中的 ${found.throttledPeriods} 个），共 ${seconds} 秒${cpus === null ? '' : `；配额为 ${cpus} 个 CPU`}`,
    },
    keys: hostGroupKeys(facts, group.path),
    at: found.at,
    until: found.until,
    evidence: readingEvidence(found.readings, found.until),
    count: 1,
    weight: Math.min(0.6, Math.max(0.1, found.timeShare * 0.6)),
    values: {
      periods: found.periods,
      throttledPeriods: found.throttledPeriods,
      throttledPercent: percent,
      throttledMs: Math.round(found.throttledMs),
      throttledSeconds: seconds,
      ...(cpus === null ? {} : { quotaCpus: cpus }),
    },
  };
}
