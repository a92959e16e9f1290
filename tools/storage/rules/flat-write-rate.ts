import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { type DiskInterval, diskIntervals, mountOf } from '../disk-intervals.ts';
import type { HostDiskFacts } from '../host-disk-facts.ts';
import { deviceKeys, deviceWords, diskEvidence, isInDiskWindow } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/**
 * Writes to one data disk run at one and the same low rate in every interval: the look of a rate limit above the device
 * (cloud volume, control group), where the device's own latency stays small because requests wait before they reach it. A
 * program that writes by the clock looks the same, so this only suggests.
 */
export const flatWriteRate: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/flat-write-rate',
  area: 'storage',
  codes: ['storage.slow_disk'],
  apply(hosts) {
    return hosts.flatMap((facts) => {
      const timed = diskIntervals(facts).filter(
        (interval) =>
          interval.seconds !== null &&
          interval.seconds >= STORAGE_THRESHOLDS.minIntervalSeconds &&
          isInDiskWindow(interval.to, facts),
      );
      const byDevice = Map.groupBy(timed, (interval) => interval.device);
      return [...byDevice].flatMap(([device, own]): Finding[] => {
        const mount = mountOf(facts, device);
        if (!mount || mount.path === '/' || !isFlat(own)) return [];
        return [toFinding(facts, device, own)];
      });
    });
  },
};

function rateOf(interval: DiskInterval): number {
  return interval.bytesWritten / (interval.seconds ?? Number.POSITIVE_INFINITY);
}

function isFlat(intervals: readonly DiskInterval[]): boolean {
  if (intervals.length < 2 || intervals.some((interval) => interval.writes < STORAGE_THRESHOLDS.minRequests))
    return false;
  const rates = intervals.map(rateOf);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const { flatRateMinBytesPerSecond, flatRateMaxBytesPerSecond, flatRateSpread } = STORAGE_THRESHOLDS;
  return low >= flatRateMinBytesPerSecond && high <= flatRateMaxBytesPerSecond && high - low <= high * flatRateSpread;
}

function toFinding(facts: HostDiskFacts, device: string, intervals: readonly DiskInterval[]): Finding {
  const rate = intervals.reduce((sum, interval) => sum + rateOf(interval), 0) / intervals.length;
  const [first, last] = [intervals[0], intervals.at(-1)];
  return {
    area: 'storage',
    rule: flatWriteRate.id,
    kind: 'inferred',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `Writes to ${deviceWords(facts, device)} of ${facts.host} ran at one and the same ${bytes(rate)} per second in ${intervals.length} intervals: so looks a rate limit, not a busy disk`,
      zh: `${facts.host} 的 ${deviceWords(facts, device)} 在 ${intervals.length} 个采样间隔内写入速率都是每秒 ${bytes(rate)}：这像是限速，而不是磁盘繁忙`,
    },
    keys: deviceKeys(facts, device),
    at: first?.from ?? null,
    until: last?.to ?? null,
    evidence: diskEvidence(
      [mountOf(facts, device)?.quote, first?.before.quote, last?.before.quote, last?.after.quote],
      last?.to ?? null,
    ),
    count: intervals.length,
    weight: 0.45,
    values: { bytesPerSecond: Math.round(rate), intervals: intervals.length, device },
  };
}
