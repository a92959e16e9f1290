import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { count, plural } from '../../evidence/spoken-figures.ts';
import { type HdfsCase, hdfsFinding, looksInScope } from '../hdfs-case.ts';
import type { HdfsScope, NameNodeSample } from '../hdfs-facts.ts';

/**
 * Blocks of which the NameNode knows no copy. Whether they are the run's own is only known from the files it names; none missing
 * refutes nothing: a copy that is gone is missed at the next block report or read, not before (seen on 3.3.6).
 */
export const hdfsMissingBlocks: Rule<HdfsCase> = {
  id: 'storage/hdfs-missing-blocks',
  area: 'storage',
  codes: ['storage.hdfs_missing_block'],
  apply(given): Finding[] {
    const look = looksInScope(given).find(({ blocks }) => (blocks.missing ?? 0) > 0);
    return look ? [toFinding(look, given.scope)] : [];
  },
};

function toFinding(look: NameNodeSample, scope: HdfsScope): Finding {
  const missing = look.blocks.missing ?? 0;
  const own = look.corruptFiles.find((file) => scope.paths.some((path) => isUnder(file, path)));
  const dead = look.deadDataNodes ?? 0;
  const nodes =
    dead > 0 ? { en: `; dead DataNodes: ${dead}`, zh: `；失效的 DataNode：${dead} 个` } : { en: '', zh: '' };
  return hdfsFinding({
    rule: hdfsMissingBlocks.id,
    code: 'storage.hdfs_missing_block',
    kind: own === undefined ? 'inferred' : 'observed',
    statement: {
      en: `The NameNode misses every copy of ${plural(missing, 'block')}${own === undefined ? '' : `, among them of ${own}`}${nodes.en}`,
      zh: `NameNode 缺失 ${count(missing)} 个数据块的全部副本${own === undefined ? '' : `，其中包括 ${own} 的`}${nodes.zh}`,
    },
    ...(own === undefined ? {} : { keys: { path: own } }),
    at: look.at,
    evidence: [look.evidence.missing, look.evidence.corrupt_files, dead > 0 ? look.evidence.dead : undefined].flatMap(
      (piece) => piece ?? [],
    ),
    weight: own === undefined ? 0.4 : 1,
    values: {
      missingBlocks: missing,
      ...(look.blocks.missingReplicationOne === null ? {} : { singleCopyBlocks: look.blocks.missingReplicationOne }),
      ...(look.blocks.corrupt === null ? {} : { corruptBlocks: look.blocks.corrupt }),
    },
  });
}

/** A file below a directory, or the file itself. */
function isUnder(file: string, path: string): boolean {
  const folder = path.replace(/^\w{2,12}:\/\/[^/]{0,255}/, '').replace(/\/{1,20}$/, '');
  return folder.length > 1 && (file === folder || file.startsWith(`${folder}/`));
}
