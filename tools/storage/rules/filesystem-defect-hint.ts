import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostDiskFacts, Mount } from '../host-disk-facts.ts';
import { diskEvidence } from '../storage-finding.ts';
import { STORAGE_THRESHOLDS } from '../thresholds.ts';

/**
 * A kernel in the range of the iomap stale-mapping defect (4.18 until 6.2 unless the vendor backported the correction) with
 * data on XFS and no device error. It writes nothing to any log, so this is a hint for whoever sees corrupt fresh writes on
 * hosts of one kernel; alone it means nothing.
 */
export const filesystemDefectHint: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/filesystem-defect-hint',
  area: 'storage',
  codes: ['kernel.filesystem_defect'],
  apply(hosts) {
    return hosts.flatMap((facts): Finding[] => {
      const version = /^(\d{1,3})\.(\d{1,3})/.exec(facts.release ?? '');
      if (!version || facts.release === null || !isAffected(Number(version[1]), Number(version[2]))) return [];
      if (facts.kernelLogs.some((log) => log.diskErrors.length > 0)) return [];
      const mount = facts.mounts.at(-1)?.mounts.find((entry) => entry.type === 'xfs' && entry.path !== '/boot');
      return mount ? [toFinding(facts, facts.release, mount)] : [];
    });
  },
};

function isAffected(major: number, minor: number): boolean {
  const { iomapDefectFrom, iomapDefectBefore } = STORAGE_THRESHOLDS;
  const notBefore = (version: readonly [number, number]) =>
    major > version[0] || (major === version[0] && minor >= version[1]);
  return notBefore(iomapDefectFrom) && !notBefore(iomapDefectBefore);
}

function toFinding(facts: HostDiskFacts, release: string, mount: Mount): Finding {
  return {
    area: 'storage',
    rule: filesystemDefectHint.id,
    kind: 'inferred',
    code: 'kernel.filesystem_defect',
    statement: {
      en: `${facts.host} runs kernel ${release} with data on XFS, a range with a known defect of fresh writes; it is a lead only if corruption follows the kernel and not one disk`,
      zh: `${facts.host} 的内核为 ${release}，数据在 XFS 上，该版本范围有已知的新写入损坏缺陷；只有当损坏随内核而非某块磁盘出现时才有意义`,
    },
    keys: facts.host === null ? {} : { host: facts.host },
    at: null,
    evidence: diskEvidence([mount.quote], null),
    count: 1,
    weight: 0.02,
    values: { kernelRelease: release, fileSystem: 'xfs', path: mount.path },
  };
}
