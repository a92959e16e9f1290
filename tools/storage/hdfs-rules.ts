import type { Finding } from '../evidence/finding.ts';
import type { Rule } from '../evidence/rule.ts';
import type { HdfsCase } from './hdfs-case.ts';
import type { HdfsFacts, HdfsScope } from './hdfs-facts.ts';
import { hdfsDatanodes } from './rules/hdfs-datanodes.ts';
import { hdfsFailedVolume } from './rules/hdfs-failed-volume.ts';
import { hdfsMissingBlocks } from './rules/hdfs-missing-blocks.ts';
import { hdfsPathLimits } from './rules/hdfs-path-limits.ts';
import { hdfsSafeMode } from './rules/hdfs-safe-mode.ts';
import { hdfsSlowDatanode } from './rules/hdfs-slow-datanode.ts';
import { hdfsSpace } from './rules/hdfs-space.ts';

/** Every rule about HDFS as its servers tell it. The texts of refusals are judged by the signatures of the logs area. */
export const HDFS_RULES: readonly Rule<HdfsCase>[] = [
  hdfsSafeMode,
  hdfsMissingBlocks,
  hdfsDatanodes,
  hdfsSpace,
  hdfsSlowDatanode,
  hdfsFailedVolume,
  hdfsPathLimits,
];

/** Every judgement of these rules, for what the question is about. Pure. */
export function judgeHdfs(facts: HdfsFacts, scope: HdfsScope): Finding[] {
  return HDFS_RULES.flatMap((rule) => rule.apply({ facts, scope }));
}
