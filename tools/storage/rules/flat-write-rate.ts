import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, plural } from '../../evidence/spoken-figures.ts';
import { type DiskInterval, diskIntervals, mountOf } from '../disk-intervals.ts';
import type { HostDiskFacts } from '../host-disk-facts.ts';
import { deviceKeys, deviceWords, diskEvidence, isInDiskWindow } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/**
 * Writes to (or reads from) one data disk run at one and the same low rate in every interval: the look of a rate limit above the
 * device (cloud volume, control group), where the device's own latency stays small because requests wait before they reach it.
 * A program that works by the clock looks the same, so this only suggests.
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
        if (!mount || mount.path === '/') return [];
        const flow = FLOWS.find((entry) => isFlat(own, entry));
        return flow ? [toFinding(facts, device, own, flow)] : [];
      });
    });
  },
};

/** One direction of a device's traffic. */
interface Flow {
  words: Bilingual;
  bytes(interval: DiskInterval): number;
  requests(interval: DiskInterval): number;
}

const FLOWS: readonly Flow[] = [
  {
    words: { en: 'Writes to', zh: '写入' },
    bytes: (interval) => interval.bytesWritten,
    requests: (interval) => interval.writes,
  },
  {
    words: { en: 'Reads from', zh: '读取' },
    bytes: (interval) => interval.bytesRead,
    requests: (interval) => interval.requests - interval.writes,
  },
];

function rateOf(interval: DiskInterval, flow: Flow): number {
  return flow.bytes(interval) / (interval.seconds ?? Number.POSITIVE_INFINITY);
}

/** Rates that differ by no more than the spread and the one request that fell into this interval or into the next. */
function isFlat(intervals: readonly DiskInterval[], flow: Flow): boolean {
  const { minRequests, flatRateMinBytes } = STORAGE_THRESHOLDS;
  const enough = (interval: DiskInterval) =>
    flow.requests(interval) >= minRequests || flow.bytes(interval) >= flatRateMinBytes;
  if (intervals.length < 2 || !intervals.every(enough)) return false;
  const rates = intervals.map((interval) => rateOf(interval, flow));
  const oneRequest = Math.max(...intervals.map((interval, at) => (rates[at] ?? 0) / flow.requests(interval)));
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const { flatRateMinBytesPerSecond, flatRateMaxBytesPerSecond, flatRateSpread } = STORAGE_THRESHOLDS;
  if (low < flatRateMinBytesPerSecond || high > flatRateMaxBytesPerSecond) return false;
  return high - low <= high * flatRateSpread + oneRequest * 1.01;
}

function toFinding(facts: HostDiskFacts, device: string, intervals: readonly DiskInterval[], flow: Flow): Finding {
  const rate = intervals.reduce((sum, interval) => sum + rateOf(interval, flow), 0) / intervals.length;
  const [first, last] = [intervals[0], intervals.at(-1)];
  return {
    area: 'storage',
    rule: flatWriteRate.id,
    kind: 'inferred',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `${flow.words.en} ${deviceWords(facts, device)} of ${facts.host} ran at one and the same ${bytes(rate)} per second in ${plural(intervals.length, 'interval')}: so looks a rate limit, not a busy disk`,
      zh: `${facts.host} 的 ${deviceWords(facts, device)} 在 ${intervals.length} 个采样间隔内${flow.words.zh}速率都是每秒 ${bytes(rate)}：这像是限速，而不是磁盘繁忙`,
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
