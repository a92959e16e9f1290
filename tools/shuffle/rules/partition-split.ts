import type { Finding } from '../../evidence/finding.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from '../thresholds.ts';

/**
 * Few partitions that are split again and again: they hold most of the data. The service does what it should; the skew is the
 * job's. Splits after failed pushes are moves away from a worker and count for nothing here.
 */
export const partitionSplit: ShuffleRule = {
  id: 'shuffle/partition-split',
  area: 'shuffle',
  codes: ['skew.join_key'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    if (toldByRun(facts, scope, 'push_failed').length > 0) return [];
    const splits = toldByRun(facts, scope, 'split');
    const epochs = new Map<number, number>();
    for (const { partition, epoch } of splits.flatMap(({ partitions }) => partitions)) {
      epochs.set(partition, Math.max(epochs.get(partition) ?? 0, epoch));
    }
    const partitions = [...epochs.keys()].reduce((most, partition) => Math.max(most, partition + 1), epochs.size);
    const usual = medianOf([...epochs.values()], partitions);
    const often = [...epochs].filter(
      ([, epoch]) => epoch >= LIMIT.splitEpochs && epoch >= usual * LIMIT.splitTimesUsual,
    );
    const [most] = often.toSorted((a, b) => b[1] - a[1]);
    if (!most || often.length > Math.max(1, partitions * LIMIT.splitShare)) return [];
    const [partition, epoch] = most;
    const last = splits.findLast((event) => event.partitions.some((one) => one.partition === partition));
    return [
      shuffleFinding({
        rule: 'shuffle/partition-split',
        code: 'skew.join_key',
        symptom: 'slow',
        kind: 'inferred',
        weight: 0.5,
        statement: {
          en: `Partition ${partition} was split ${epoch} times while others were split ${usual} times: it holds most of the rows; that is skew of the job, not a fault of the remote shuffle`,
          zh: `分区 ${partition} 被拆分了 ${epoch} 次，其他分区一般为 ${usual} 次：大部分数据都在它里面；这是作业的数据倾斜，不是远程 shuffle 的故障`,
        },
        keys: keyOfRun(scope),
        at: last?.at ?? null,
        evidence: last ? [recordEvidence(last.record)] : [],
        count: splits.length,
        values: { partition, splits: epoch },
        refutes: [
          {
            code: 'shuffle.remote_service_push',
            why: {
              en: 'the splits are of one large partition: the service keeps its files small, as it should',
              zh: '拆分只发生在一个大分区上：服务按设计控制文件大小',
            },
          },
        ],
      }),
    ];
  },
};

/** The usual number of splits of all partitions, also of those that were never split. */
function medianOf(splits: readonly number[], partitions: number): number {
  const sorted = splits.toSorted((a, b) => b - a);
  return sorted[Math.floor(partitions / 2)] ?? 0;
}
