import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, plural } from '../../evidence/spoken-figures.ts';
import { betweenSamples, type DiskInterval, diskIntervals } from '../disk-intervals.ts';
import type { HostDiskFacts } from '../host-disk-facts.ts';
import { deviceKeys, deviceWords, diskEvidence, isInDiskWindow } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/**
 * A device that is busy all the time for few bytes, its requests many times slower than its own earlier ones or those of
 * the other devices; or one that completes nothing at all. By differences of two samples: totals since boot say nothing
 * about the time asked for. A device that moves much is loaded, not slow.
 */
export const slowDevice: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/slow-device',
  area: 'storage',
  codes: ['storage.slow_disk'],
  apply(hosts) {
    return hosts.flatMap((facts) => {
      const intervals = diskIntervals(facts).filter(
        (interval) => isInDiskWindow(interval.to, facts) && isDisk(interval.device),
      );
      const byDevice = Map.groupBy(intervals, (interval) => interval.device);
      return [...byDevice].flatMap(([device, own]): Finding[] => {
        const hanging = hangingIn(facts, device);
        if (hanging) return [hangFinding(facts, hanging)];
        const slow = slowest(own, intervals);
        return slow ? [slowFinding(facts, slow)] : [];
      });
    });
  },
};

/** Memory disks and the like have no latency to speak of. */
function isDisk(device: string): boolean {
  return !/^(?:ram|zram|sr|fd|nbd)\d/.test(device);
}

interface Slow {
  interval: DiskInterval;
  requestMs: number;
  usualMs: number | null;
}

function slowest(own: readonly DiskInterval[], all: readonly DiskInterval[]): Slow | null {
  const { slowRequestMs, minRequests } = STORAGE_THRESHOLDS;
  const candidates = own.filter(
    (interval) =>
      interval.requestMs !== null &&
      interval.requestMs >= slowRequestMs &&
      interval.requests >= minRequests &&
      isBusy(interval) &&
      !isLoaded(interval),
  );
  const interval = candidates.toSorted((a, b) => (b.requestMs ?? 0) - (a.requestMs ?? 0))[0];
  if (!interval || interval.requestMs === null) return null;
  const others = all.filter((other) => other !== interval && other.requests >= minRequests && other.requestMs !== null);
  const times = others.map((other) => other.requestMs ?? 0).sort((a, b) => a - b);
  return { interval, requestMs: interval.requestMs, usualMs: times[times.length >> 1] ?? null };
}

function isBusy(interval: DiskInterval): boolean {
  if (interval.seconds !== null) return interval.busyMs >= interval.seconds * 1000 * STORAGE_THRESHOLDS.busyShare;
  return interval.busyMs >= STORAGE_THRESHOLDS.busyWithoutClockMs;
}

function isLoaded(interval: DiskInterval): boolean {
  const moved = interval.bytesRead + interval.bytesWritten;
  const seconds = interval.seconds ?? interval.busyMs / 1000;
  return seconds > 0 && moved / seconds > STORAGE_THRESHOLDS.loadedBytesPerSecond;
}

function slowFinding(facts: HostDiskFacts, slow: Slow): Finding {
  const { interval, requestMs, usualMs } = slow;
  const apart = usualMs !== null && requestMs >= usualMs * STORAGE_THRESHOLDS.slowRequestRatio;
  const moved = interval.bytesRead + interval.bytesWritten;
  const mean = Math.round(requestMs);
  const usual = usualMs === null ? null : Math.round(usualMs * 10) / 10;
  return {
    area: 'storage',
    rule: slowDevice.id,
    kind:
      apart && (interval.seconds !== null || requestMs >= STORAGE_THRESHOLDS.hangingRequestMs)
        ? 'observed'
        : 'inferred',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `Disk ${deviceWords(facts, interval.device)} of ${facts.host} took ${mean} ms per request for ${plural(interval.requests, 'request')} of ${bytes(moved)} in all${usual === null ? '' : `; usual here are ${usual} ms`}`,
      zh: `${facts.host} 的磁盘 ${deviceWords(facts, interval.device)} 平均每次请求 ${mean} 毫秒（${interval.requests} 次，共 ${bytes(moved)}）${usual === null ? '' : `；这里通常是 ${usual} 毫秒`}`,
    },
    keys: deviceKeys(facts, interval.device),
    at: interval.from,
    until: interval.to,
    evidence: diskEvidence([interval.before.quote, interval.after.quote], interval.to),
    count: 1,
    weight: apart ? 0.6 : 0.35,
    values: {
      requests: interval.requests,
      requestMs: mean,
      bytes: moved,
      busyMs: interval.busyMs,
      ...(usual === null ? {} : { usualRequestMs: usual }),
    },
  };
}

interface Hanging {
  interval: DiskInterval;
  seconds: number;
}

/** Requests in the device in two samples, and not one completed in between. */
function hangingIn(facts: HostDiskFacts, device: string): Hanging | null {
  for (let index = 1; index < facts.samples.length; index += 1) {
    const [before, after] = [facts.samples[index - 1], facts.samples[index]];
    if (!before || !after || !isInDiskWindow(after.at, facts)) continue;
    const interval = betweenSamples(before, after).find((entry) => entry.device === device);
    if (!interval || interval.requests > 0 || interval.before.inFlight === 0 || interval.after.inFlight === 0) continue;
    const seconds = interval.seconds ?? interval.busyMs / 1000;
    if (seconds >= STORAGE_THRESHOLDS.hangSeconds && interval.busyMs >= seconds * 1000 * STORAGE_THRESHOLDS.busyShare)
      return { interval, seconds };
  }
  return null;
}

function hangFinding(facts: HostDiskFacts, { interval, seconds }: Hanging): Finding {
  const [whole, waiting] = [Math.round(seconds), interval.after.inFlight];
  return {
    area: 'storage',
    rule: slowDevice.id,
    kind: 'observed',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `Disk ${deviceWords(facts, interval.device)} of ${facts.host} hangs: ${plural(waiting, 'request')} in it and none completed in ${whole} s`,
      zh: `${facts.host} 的磁盘 ${deviceWords(facts, interval.device)} 挂住：${waiting} 个请求在途，${whole} 秒内一个也没有完成`,
    },
    keys: deviceKeys(facts, interval.device),
    at: interval.from,
    until: interval.to,
    evidence: diskEvidence([interval.before.quote, interval.after.quote], interval.to),
    count: 1,
    weight: 0.8,
    values: { inFlight: waiting, seconds: whole, busyMs: interval.busyMs },
  };
}
