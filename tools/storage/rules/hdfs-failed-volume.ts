import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { type HdfsCase, hdfsFinding, isInHdfsScope, looksInScope } from '../hdfs-case.ts';

/**
 * Data directories that a DataNode gave up, by the NameNode's list or its own. When they failed is not told, so it is a lead to the
 * host's kernel log, and no more.
 */
export const hdfsFailedVolume: Rule<HdfsCase> = {
  id: 'storage/hdfs-failed-volume',
  area: 'storage',
  codes: ['storage.bad_disk'],
  apply(given): Finding[] {
    const listed = looksInScope(given).flatMap(({ nodes, at }) =>
      nodes.map(({ host, failedVolumes, evidence }) => ({ host, failedVolumes, evidence, at })),
    );
    const own = given.facts.dataNodes.filter(({ at }) => isInHdfsScope(at, given.scope));
    const failed = [...listed, ...own].filter(({ failedVolumes }) => (failedVolumes ?? 0) > 0);
    const byHost = new Map(failed.map((entry) => [entry.host, entry]));
    return [...byHost.values()].slice(0, 5).map(({ host, failedVolumes, evidence, at }) =>
      hdfsFinding({
        rule: hdfsFailedVolume.id,
        code: 'storage.bad_disk',
        kind: 'inferred',
        statement: {
          en: `DataNode ${host} has given up ${plural(failedVolumes ?? 0, 'volume')}`,
          zh: `DataNode ${host} 已停用 ${failedVolumes} 个数据目录`,
        },
        keys: { host },
        at,
        evidence: [evidence],
        weight: 0.3,
        values: { failedVolumes: failedVolumes ?? 0 },
      }),
    );
  },
};
