import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, plural } from '../../evidence/spoken-figures.ts';
import { type DiskInterval, deviceByNumber, diskIntervals } from '../disk-intervals.ts';
import type { HostDiskFacts, Throttle, ThrottleSample } from '../host-disk-facts.ts';
import { deviceKeys, deviceWords, diskEvidence } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/**
 * A rate limit of a control group on a block device. It explains one slow host when other hosts (or the same host earlier)
 * have none or a much larger one, or when the writer is seen to run at it. The same limit on all hosts, unchanged, makes no
 * host slow: that speaks against a slow disk.
 */
export const throttledDisk: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/throttled-disk',
  area: 'storage',
  codes: ['storage.slow_disk'],
  apply(hosts) {
    const limited = hosts.flatMap((facts) => limitsOf(facts).map((limit) => ({ facts, limit })));
    const found = limited.map(({ facts, limit }) => judge(hosts, facts, limit));
    const apart = found.filter((entry) => entry.verdict !== 'alike');
    const [alike] = found.filter((entry) => entry.verdict === 'alike');
    return apart.length === 0 && alike ? [alikeFinding(alike)] : apart.map(apartFinding);
  },
};

/** A limit with what is known of it over time. */
interface Limit {
  throttle: Throttle;
  group: string;
  at: number | null;
  /** The same limit in an earlier sample; `Infinity`: there was none; `null`: no earlier sample. */
  earlier: number | null;
}

interface Judged {
  facts: HostDiskFacts;
  limit: Limit;
  verdict: 'host_apart' | 'changed' | 'reached' | 'alone' | 'alike';
  peers: { host: string; perSecond: number }[];
  interval: DiskInterval | null;
}

/** The newest limits of a host, one for each device and direction. */
function limitsOf(facts: HostDiskFacts): Limit[] {
  const limits = new Map<string, Limit>();
  for (const sample of facts.throttles) {
    for (const throttle of sample.limits) {
      const key = `${sample.group} ${throttle.number} ${throttle.direction} ${throttle.unit}`;
      limits.set(key, { throttle, group: sample.group, at: sample.at, earlier: earlierOf(facts, sample, throttle) });
    }
  }
  return [...limits.values()];
}

function earlierOf(facts: HostDiskFacts, sample: ThrottleSample, throttle: Throttle): number | null {
  const before = facts.throttles.find(
    (other) => other !== sample && other.group === sample.group && other.at !== null && sameFile(other, sample),
  );
  if (!before || (sample.at !== null && (before.at ?? 0) >= sample.at)) return null;
  const same = before.limits.find(
    (limit) =>
      limit.number === throttle.number && limit.direction === throttle.direction && limit.unit === throttle.unit,
  );
  return same ? same.perSecond : Number.POSITIVE_INFINITY;
}

/** Two samples of the same control file: the same name at the end, whatever the copy's suffix. */
function sameFile(a: ThrottleSample, b: ThrottleSample): boolean {
  const name = (sample: ThrottleSample) => {
    const base = sample.source.slice(sample.source.lastIndexOf('/') + 1);
    return sample.copy === '' ? base : base.slice(0, -sample.copy.length - 1);
  };
  return name(a) === name(b);
}

function judge(hosts: readonly HostDiskFacts[], facts: HostDiskFacts, limit: Limit): Judged {
  const peers = peerLimits(hosts, facts, limit.throttle);
  const device = deviceByNumber(facts, limit.throttle.number);
  const interval = device === null ? null : widestInterval(facts, device);
  const judged = { facts, limit, peers, interval };
  const { throttleShareOfPeers } = STORAGE_THRESHOLDS;
  const own = limit.throttle.perSecond;
  const typical = median(peers.map((peer) => peer.perSecond));
  if (typical !== null && own < typical * throttleShareOfPeers) return { ...judged, verdict: 'host_apart' };
  if (limit.earlier !== null && own < limit.earlier * throttleShareOfPeers) return { ...judged, verdict: 'changed' };
  if (peers.length > 0) return { ...judged, verdict: 'alike' };
  return { ...judged, verdict: isReached(limit.throttle, interval) ? 'reached' : 'alone' };
}

/** What other hosts allow in the same direction: their smallest limit, `Infinity` when their files show none. */
function peerLimits(
  hosts: readonly HostDiskFacts[],
  facts: HostDiskFacts,
  throttle: Throttle,
): { host: string; perSecond: number }[] {
  return hosts.flatMap((other) => {
    if (other === facts || other.throttles.length === 0) return [];
    const limits = limitsOf(other)
      .map((limit) => limit.throttle)
      .filter((limit) => limit.direction === throttle.direction && limit.unit === throttle.unit);
    return [
      {
        host: other.host ?? '',
        perSecond: Math.min(Number.POSITIVE_INFINITY, ...limits.map((limit) => limit.perSecond)),
      },
    ];
  });
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}

function widestInterval(facts: HostDiskFacts, device: string): DiskInterval | null {
  const own = diskIntervals(facts).filter((interval) => interval.device === device);
  return own.toSorted((a, b) => b.bytesWritten + b.bytesRead - a.bytesWritten - a.bytesRead)[0] ?? null;
}

function isReached(throttle: Throttle, interval: DiskInterval | null): boolean {
  if (!interval?.seconds || throttle.unit !== 'bytes') return false;
  const moved = throttle.direction === 'write' ? interval.bytesWritten : interval.bytesRead;
  return moved / interval.seconds >= throttle.perSecond * STORAGE_THRESHOLDS.throttleReachedShare;
}

function apartFinding(judged: Judged): Finding {
  const { facts, limit, verdict } = judged;
  const device = deviceByNumber(facts, limit.throttle.number) ?? limit.throttle.number;
  const rate = rateWords(limit.throttle);
  const way = directionWords(limit.throttle);
  const why = whyWords(judged);
  return {
    area: 'storage',
    rule: throttledDisk.id,
    kind: verdict === 'alone' ? 'inferred' : 'observed',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `${way.en} to ${deviceWords(facts, device)} of ${facts.host} are limited to ${rate.en} per second by group ${limit.group}${why.en}`,
      zh: `${facts.host} 的 ${deviceWords(facts, device)} ${way.zh}被 cgroup ${limit.group} 限制为每秒 ${rate.zh}${why.zh}`,
    },
    keys: deviceKeys(facts, device),
    at: limit.at,
    evidence: evidenceOf(judged),
    count: 1,
    weight: verdict === 'alone' ? 0.4 : 0.7,
    values: valuesOf(judged),
  };
}

function rateWords(throttle: Throttle): Bilingual {
  if (throttle.unit === 'bytes') return { en: bytes(throttle.perSecond), zh: bytes(throttle.perSecond) };
  return { en: plural(throttle.perSecond, 'request'), zh: `${count(throttle.perSecond)} 次请求` };
}

function directionWords(throttle: Throttle): Bilingual {
  return throttle.direction === 'write' ? { en: 'Writes', zh: '写入' } : { en: 'Reads', zh: '读取' };
}

function whyWords({ limit, verdict, peers }: Judged): Bilingual {
  if (verdict === 'host_apart') {
    const free = peers.filter((peer) => !Number.isFinite(peer.perSecond)).length;
    return free === peers.length
      ? {
          en: `; ${plural(peers.length, 'other host')} ${peers.length === 1 ? 'has' : 'have'} no such limit`,
          zh: `；其他 ${peers.length} 台主机没有这个限制`,
        }
      : { en: '; the other hosts allow at least twice as much', zh: '；其他主机至少允许两倍' };
  }
  if (verdict === 'changed') {
    const before = limit.earlier !== null && Number.isFinite(limit.earlier) ? bytes(limit.earlier) : null;
    return before
      ? { en: `; an earlier sample shows ${before}`, zh: `；更早的采样为 ${before}` }
      : { en: '; an earlier sample shows no limit', zh: '；更早的采样没有限制' };
  }
  if (verdict === 'reached') return { en: ', and the writer runs at that limit', zh: '，且写入正跑在该限制上' };
  return { en: '', zh: '' };
}

function evidenceOf({ limit, interval }: Judged): Evidence[] {
  return [
    ...diskEvidence([interval?.before.quote, interval?.after.quote], interval?.to ?? null),
    ...diskEvidence([limit.throttle.quote], limit.at),
  ];
}

function valuesOf({ limit, peers, interval }: Judged): Record<string, number | string> {
  const values: Record<string, number | string> = {
    direction: limit.throttle.direction,
    limitPerSecond: limit.throttle.perSecond,
    limitUnit: limit.throttle.unit,
    group: limit.group,
    peers: peers.length,
    unlimitedPeers: peers.filter((peer) => !Number.isFinite(peer.perSecond)).length,
  };
  if (limit.earlier !== null && Number.isFinite(limit.earlier)) values.earlierPerSecond = limit.earlier;
  if (interval) {
    values.bytesWritten = interval.bytesWritten;
    values.writes = interval.writes;
  }
  return values;
}

function alikeFinding({ facts, limit, peers }: Judged): Finding {
  const rate = rateWords(limit.throttle);
  const count = peers.length + 1;
  const why = {
    en: `the same limit of ${rate.en} per second holds on all ${plural(count, 'host')} and did not change`,
    zh: `全部 ${count} 台主机的限制相同，都是每秒 ${rate.zh}，且没有变化`,
  };
  return {
    area: 'storage',
    rule: throttledDisk.id,
    kind: 'observed',
    code: null,
    statement: {
      en: `The disks of all ${plural(count, 'host')} have the same limit of ${rate.en} per second: no host is set apart by it`,
      zh: `全部 ${count} 台主机的磁盘限制相同，都是每秒 ${rate.zh}：没有哪台主机因此变慢`,
    },
    keys: {},
    at: limit.at,
    evidence: diskEvidence([limit.throttle.quote], limit.at),
    count,
    weight: 1,
    values: { limitPerSecond: limit.throttle.perSecond, hosts: count, host: facts.host ?? '' },
    refutes: [{ code: 'storage.slow_disk', why }],
  };
}
