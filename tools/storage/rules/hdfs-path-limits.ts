import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, plural } from '../../evidence/spoken-figures.ts';
import { type HdfsCase, hdfsFinding, isInHdfsScope } from '../hdfs-case.ts';
import type { HdfsPath } from '../hdfs-facts.ts';
import { HDFS_THRESHOLDS as LIMIT } from '../hdfs-thresholds.ts';

/**
 * Paths of the run against their quotas, and what they hold. A write books a whole block for each replica before its first byte, so
 * a quota refuses while it still looks free. No quota on a path says nothing of its parents. Refusals of our own reading are no
 * refusals of the run's, and are not judged.
 */
export const hdfsPathLimits: Rule<HdfsCase> = {
  id: 'storage/hdfs-path-limits',
  area: 'storage',
  codes: ['storage.hdfs_quota', 'data.small_files'],
  apply({ facts, scope }): Finding[] {
    const latest = new Map(facts.paths.filter(({ refusal }) => refusal === null).map((path) => [path.path, path]));
    return [...latest.values()].flatMap((path) => [
      ...quotaOf(path, isInHdfsScope(path.at, scope)),
      ...smallFiles(path),
    ]);
  },
};

function quotaOf(path: HdfsPath, inTime: boolean): Finding[] {
  const { spaceQuotaBytes, spaceConsumedBytes, nameQuota, files, directories } = path;
  const findings: Finding[] = [];
  if (spaceQuotaBytes !== null && spaceQuotaBytes >= 0 && spaceConsumedBytes !== null) {
    const left = spaceQuotaBytes - spaceConsumedBytes;
    if (left < LIMIT.bookedBytes) findings.push(spaceQuota(path, spaceQuotaBytes, spaceConsumedBytes, inTime));
  }
  if (
    nameQuota !== null &&
    nameQuota >= 0 &&
    files !== null &&
    directories !== null &&
    files + directories >= nameQuota
  )
    findings.push(nameQuotaUsed(path, nameQuota, files + directories, inTime));
  return findings;
}

function spaceQuota(path: HdfsPath, quota: number, used: number, inTime: boolean): Finding {
  const full = used >= quota;
  return hdfsFinding({
    rule: hdfsPathLimits.id,
    code: 'storage.hdfs_quota',
    kind: full && inTime ? 'observed' : 'inferred',
    statement: {
      en: `${path.path} holds ${bytes(used)} over all replicas of a space quota of ${bytes(quota)}: ${full ? 'nothing more can be written' : `the ${bytes(quota - used)} left are less than one block with its replicas, which a write books in advance`}`,
      zh: `${path.path} 各副本共占 ${bytes(used)}，空间配额为 ${bytes(quota)}：${full ? '无法再写入' : `剩余 ${bytes(quota - used)} 不足一个数据块及其副本，而写入会预先占用这么多`}`,
    },
    keys: { path: path.path },
    at: path.at,
    evidence: [path.evidence],
    weight: full ? 0.9 : 0.6,
    values: { limitBytes: quota, usedBytes: used, quotaKind: 'space' },
  });
}

function nameQuotaUsed(path: HdfsPath, quota: number, used: number, inTime: boolean): Finding {
  return hdfsFinding({
    rule: hdfsPathLimits.id,
    code: 'storage.hdfs_quota',
    kind: inTime ? 'observed' : 'inferred',
    statement: {
      en: `${path.path} has a quota of ${count(quota)} for files and directories and holds ${count(used)}: no more can be created`,
      zh: `${path.path} 有 ${count(used)} 个文件和目录，名字配额为 ${count(quota)}：无法再创建`,
    },
    keys: { path: path.path },
    at: path.at,
    evidence: [path.evidence],
    weight: 0.9,
    values: { limitCount: quota, usedCount: used, quotaKind: 'name' },
  });
}

function smallFiles(path: HdfsPath): Finding[] {
  const { files, lengthBytes } = path;
  if (files === null || lengthBytes === null || files < LIMIT.manyFiles) return [];
  const mean = lengthBytes / files;
  if (mean >= LIMIT.smallFileBytes) return [];
  return [
    hdfsFinding({
      rule: hdfsPathLimits.id,
      code: 'data.small_files',
      kind: 'inferred',
      symptom: 'slow',
      statement: {
        en: `${path.path} holds ${plural(files, 'file')} of ${bytes(mean)} on average`,
        zh: `${path.path} 有 ${count(files)} 个文件，平均 ${bytes(mean)}`,
      },
      keys: { path: path.path },
      at: path.at,
      evidence: [path.evidence],
      weight: 0.4,
      values: { files, meanFileBytes: Math.round(mean) },
    }),
  ];
}
