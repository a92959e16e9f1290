import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import type { DamageCase } from '../damage-facts.ts';
import { HDFS_THRESHOLDS } from '../hdfs-thresholds.ts';
import type { HostDiskFacts, Mount } from '../host-disk-facts.ts';
import { diskEvidence } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/**
 * Damaged data on several hosts that share a kernel with the iomap stale-mapping defect and XFS, and on none of the others: the
 * kernel, not a disk (platform-texts-and-interfaces.md C9). One damaged host, or one with device errors, is a matter of its disk;
 * damage on other kernels as well speaks against it.
 */
export const damageFollowsKernel: Rule<DamageCase> = {
  id: 'storage/damage-follows-kernel',
  area: 'storage',
  codes: ['kernel.filesystem_defect'],
  apply(given): Finding[] {
    const damaged = hostsOf(given).filter((facts) => damagesAt(given, facts).length > 0);
    if (damaged.length < HDFS_THRESHOLDS.damagedHosts || damaged.some(hasDeviceErrors)) return [];
    const other = damaged.find((facts) => xfsOf(facts) === null);
    if (other) return other.release === null ? [] : [elsewhereToo(other, given)];
    const clean = hostsOf(given).filter((facts) => xfsOf(facts) === null && damagesAt(given, facts).length === 0);
    return [follows(given, damaged, clean)];
  },
};

/** Hosts of which the kernel is known; without it nothing is compared. */
function hostsOf({ hosts }: DamageCase): HostDiskFacts[] {
  return hosts.filter(({ host, release }) => host !== null && release !== null);
}

function damagesAt({ damages }: DamageCase, { host }: HostDiskFacts): DamageCase['damages'] {
  return damages.filter((damage) => damage.host === host);
}

function hasDeviceErrors({ kernelLogs }: HostDiskFacts): boolean {
  return kernelLogs.some(({ diskErrors }) => diskErrors.length > 0);
}

/** The XFS mount of a host whose kernel is in the range; null when the defect cannot be there. */
function xfsOf({ release, mounts }: HostDiskFacts): Mount | null {
  const version = /^(\d{1,3})\.(\d{1,3})/.exec(release ?? '');
  if (!version) return null;
  const { iomapDefectFrom, iomapDefectBefore } = STORAGE_THRESHOLDS;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const notBefore = (other: readonly [number, number]) => major > other[0] || (major === other[0] && minor >= other[1]);
  if (!notBefore(iomapDefectFrom) || notBefore(iomapDefectBefore)) return null;
  return mounts.at(-1)?.mounts.find(({ type, path }) => type === 'xfs' && path !== '/boot') ?? null;
}

function follows(given: DamageCase, damaged: readonly HostDiskFacts[], clean: readonly HostDiskFacts[]): Finding {
  const damages = damaged.flatMap((facts) => damagesAt(given, facts));
  const releases = [...new Set(damaged.map(({ release }) => release))].join(', ');
  const names = damaged.map(({ host }) => host).slice(0, 4);
  const zeros = damages.some((damage) => damage.zeros);
  const compared = clean.length === 0 ? null : clean.map(({ release }) => release).slice(0, 3);
  const others = compared
    ? {
        en: `; ${plural(clean.length, 'host')} on other kernels or file systems (${compared.join(', ')}) had none`,
        zh: `；使用其他内核或文件系统的 ${clean.length} 台主机（${compared.join('、')}）没有`,
      }
    : { en: '', zh: '' };
  const times = damages.flatMap(({ at }) => at ?? []);
  return {
    area: 'storage',
    rule: damageFollowsKernel.id,
    kind: 'inferred',
    code: 'kernel.filesystem_defect',
    statement: {
      en: `Data was damaged on ${plural(damaged.length, 'host')} that all run kernel ${releases} with XFS (${names.join(', ')}), without a device error${others.en}: it follows the kernel, not a disk`,
      zh: `${damaged.length} 台主机（${names.join('、')}）上的数据损坏，它们的内核都是 ${releases} 且使用 XFS，没有设备错误${others.zh}：损坏随内核而不是随磁盘出现`,
    },
    keys: {},
    at: times.length > 0 ? Math.min(...times) : null,
    evidence: [
      ...damages.slice(0, 3).map(({ evidence }) => evidence),
      ...damaged.flatMap((facts) => diskEvidence([xfsOf(facts)?.quote], null)).slice(0, 3),
    ],
    count: damages.length,
    weight: (compared ? 0.8 : 0.4) + (zeros ? 0.1 : 0),
    values: { damagedHosts: damaged.length, cleanHosts: clean.length, kernelRelease: releases },
    ...(compared
      ? {
          refutes: [
            {
              code: 'storage.bad_disk' as const,
              why: {
                en: 'several hosts without any device error were hit, and only those of one kernel',
                zh: '受影响的是多台没有设备错误的主机，且都属于同一内核版本',
              },
            },
          ],
        }
      : {}),
  };
}

function elsewhereToo(other: HostDiskFacts, given: DamageCase): Finding {
  const why = {
    en: `data was damaged on ${other.host} as well, whose kernel ${other.release} or file system does not have the defect`,
    zh: `${other.host} 上的数据也损坏，而其内核 ${other.release} 或文件系统没有该缺陷`,
  };
  return {
    area: 'storage',
    rule: damageFollowsKernel.id,
    kind: 'observed',
    code: null,
    echo: true,
    statement: {
      en: `Damaged data was seen on hosts with and without the kernels in question, among them ${other.host}`,
      zh: `有该缺陷内核和没有该缺陷内核的主机上都有数据损坏，其中包括 ${other.host}`,
    },
    keys: {},
    at: null,
    evidence: damagesAt(given, other)
      .slice(0, 1)
      .map(({ evidence }) => evidence),
    count: 1,
    weight: 0,
    values: {},
    refutes: [{ code: 'kernel.filesystem_defect', why }],
  };
}
