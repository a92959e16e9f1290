import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { DiskError, DiskErrorKind } from '../../host/kernel-facts.ts';
import type { HostDiskFacts, Mount } from '../host-disk-facts.ts';
import { deviceKeys, deviceWords, diskEvidence, isInDiskWindow } from '../storage-finding.ts';

/** Kinds that say by themselves that device or file system failed; the others only suggest it. */
const DECISIVE: ReadonlySet<DiskErrorKind> = new Set([
  'io_error',
  'medium_error',
  'device_lost',
  'journal_aborted',
  'remounted_read_only',
  'filesystem_shutdown',
]);

/** How near to the root a kind stands: the device's own error before what the file system made of it. */
const NEARNESS: readonly DiskErrorKind[] = [
  'medium_error',
  'io_error',
  'device_lost',
  'device_timeout',
  'filesystem_shutdown',
  'remounted_read_only',
  'journal_aborted',
  'filesystem_error',
];

/**
 * The kernel reports errors of a block device, or a file system that gave up and went read-only. One finding for each
 * device, its messages together.
 */
export const badDisk: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/bad-disk',
  area: 'storage',
  codes: ['storage.bad_disk', 'storage.disk_full_local'],
  apply(hosts) {
    return hosts.flatMap((facts) => [...judgeErrors(facts), ...judgeMounts(facts)]);
  },
};

function judgeErrors(facts: HostDiskFacts): Finding[] {
  const errors = facts.kernelLogs
    .flatMap((log) => log.diskErrors)
    .filter((error) => isInDiskWindow(error.lastAt ?? error.at, facts));
  const byDevice = Map.groupBy(errors, (error) => `${error.host ?? ''} ${error.device}`);
  return [...byDevice.values()].flatMap((own): Finding[] => {
    const device = own[0]?.device ?? '';
    const full = own.find((error) => error.kind === 'thin_pool_full');
    const faults = own.filter((error) => error.kind !== 'thin_pool_full');
    return [
      ...(full ? [thinPoolFull(facts, full)] : []),
      ...(faults.length > 0 ? [toFinding(facts, device, faults)] : []),
    ];
  });
}

function toFinding(facts: HostDiskFacts, device: string, errors: readonly DiskError[]): Finding {
  const ordered = errors.toSorted((a, b) => NEARNESS.indexOf(a.kind) - NEARNESS.indexOf(b.kind));
  const decisive = ordered.some((error) => DECISIVE.has(error.kind));
  const count = errors.reduce((sum, error) => sum + error.count, 0);
  const times = errors.flatMap((error) => [error.at, error.lastAt]).filter((at): at is number => at !== null);
  const at = times.length > 0 ? Math.min(...times) : null;
  const words = wordsOf(ordered);
  const host = errors[0]?.host ?? facts.host ?? null;
  const mount = readOnlyMount(facts, device);
  return {
    area: 'storage',
    rule: badDisk.id,
    kind: decisive ? 'observed' : 'inferred',
    code: 'storage.bad_disk',
    statement: {
      en: `Disk ${deviceWords(facts, device)}${host ? ` of ${host}` : ''} is faulty: the kernel reports ${words.en}`,
      zh: `${host ? `${host} 的` : ''}磁盘 ${deviceWords(facts, device)} 故障，内核报告：${words.zh}`,
    },
    keys: deviceKeys(facts, device, host),
    at,
    until: times.length > 0 ? Math.max(...times) : null,
    evidence: [
      ...diskEvidence([mount?.quote], null),
      ...ordered.toReversed().flatMap((error) => diskEvidence([error.quote], error.at, facts.kernelProvenance)),
    ],
    count,
    weight: decisive ? 1 : 0.5,
    values: { device, errors: count, kinds: ordered.map((error) => error.kind).join(',') },
    ...(decisive ? { completeStatement: 'kernel_disk_error' } : {}),
  };
}

const WORDS: Readonly<Record<DiskErrorKind, Bilingual>> = {
  medium_error: { en: 'unreadable sectors', zh: '扇区不可读' },
  io_error: { en: 'I/O errors', zh: 'I/O 错误' },
  device_lost: { en: 'a lost device', zh: '设备丢失' },
  device_timeout: { en: 'requests that timed out', zh: '请求超时' },
  filesystem_shutdown: { en: 'a file system that shut down', zh: '文件系统停止' },
  remounted_read_only: { en: 'a remount as read-only', zh: '被重新挂载为只读' },
  journal_aborted: { en: 'an aborted journal', zh: '日志中止' },
  filesystem_error: { en: 'file-system errors', zh: '文件系统错误' },
  thin_pool_full: { en: 'a full thin pool', zh: '精简池写满' },
};

function wordsOf(errors: readonly DiskError[]): Bilingual {
  const words = errors.map((error) => {
    const { en, zh } = WORDS[error.kind];
    return error.count > 1 ? { en: `${en} (${error.count} times)`, zh: `${zh}（${error.count} 次）` } : { en, zh };
  });
  return { en: words.map((word) => word.en).join(', '), zh: words.map((word) => word.zh).join('、') };
}

/** The mount of a device, when the mount table shows it read-only. */
function readOnlyMount(facts: HostDiskFacts, device: string): Mount | null {
  const mounts = facts.mounts.at(-1)?.mounts ?? [];
  return mounts.find((mount) => mount.device === `/dev/${device}` && isReadOnly(mount)) ?? null;
}

function isReadOnly(mount: Mount): boolean {
  return mount.options.includes('ro') || mount.options.includes('emergency_ro');
}

/**
 * A file system that the kernel itself took out of service (`emergency_ro`, 6.15 and later), or one that was writable in an
 * earlier mount table, without any kernel line left. A mount that was always read-only is meant so.
 */
function judgeMounts(facts: HostDiskFacts): Finding[] {
  const reported = new Set(facts.kernelLogs.flatMap((log) => log.diskErrors.map((error) => `/dev/${error.device}`)));
  const last = facts.mounts.at(-1)?.mounts ?? [];
  const earlier = facts.mounts.slice(0, -1).flatMap((table) => table.mounts);
  return last.flatMap((mount): Finding[] => {
    if (!mount.device.startsWith('/dev/') || reported.has(mount.device) || !isReadOnly(mount)) return [];
    const before = earlier.find(
      (other) => other.device === mount.device && other.path === mount.path && !isReadOnly(other),
    );
    if (!before && !mount.options.includes('emergency_ro')) return [];
    const device = mount.device.slice('/dev/'.length);
    return [
      {
        area: 'storage',
        rule: badDisk.id,
        kind: 'observed',
        code: 'storage.bad_disk',
        statement: {
          en: `File system ${mount.path} on ${device}${facts.host ? ` of ${facts.host}` : ''} went read-only`,
          zh: `${facts.host ? `${facts.host} 上 ` : ''}${device} 的文件系统 ${mount.path} 变为只读`,
        },
        keys: deviceKeys(facts, device),
        at: null,
        evidence: diskEvidence([before?.quote, mount.quote], null),
        count: 1,
        weight: 0.9,
        values: { device, path: mount.path },
      },
    ];
  });
}

function thinPoolFull(facts: HostDiskFacts, error: DiskError): Finding {
  return {
    area: 'storage',
    rule: badDisk.id,
    kind: 'observed',
    code: 'storage.disk_full_local',
    statement: {
      en: `The thin pool below ${deviceWords(facts, error.device)} is full: writes fail although df shows room`,
      zh: `${deviceWords(facts, error.device)} 之下的精简池已写满：df 显示有空间，写入仍失败`,
    },
    keys: deviceKeys(facts, error.device, error.host ?? facts.host),
    at: error.at,
    evidence: diskEvidence([error.quote], error.at, facts.kernelProvenance),
    count: error.count,
    weight: 1,
    values: { device: error.device, errors: error.count },
  };
}
