import type { Finding } from '../../evidence/finding.ts';
import { count, plural } from '../../evidence/spoken-figures.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';

/**
 * Shuffles that used Spark's own shuffle although nothing of the service failed: too many partitions for its limit, or the
 * policy says so. Their troubles are not the service's; why they left is told.
 */
export const leftByChoice: ShuffleRule = {
  id: 'shuffle/left-by-choice',
  area: 'shuffle',
  codes: [],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const left = toldByRun(facts, scope, 'fell_back');
    const pressed = (['no_master', 'no_workers', 'quota_refused', 'quota_unasked', 'slots_denied'] as const).some(
      (kind) => toldByRun(facts, scope, kind).length > 0,
    );
    const [first] = left;
    if (!first || pressed) return [];
    const [many] = toldByRun(facts, scope, 'many_partitions');
    const why = many
      ? {
          en: `: ${plural(many.partitions, 'partition')} ${many.partitions === 1 ? 'is' : 'are'} over the limit of ${count(many.limit)}`,
          zh: `：${count(many.partitions)} 个分区超过上限 ${count(many.limit)}`,
        }
      : { en: '; why is not said in the log', zh: '；日志中没有说明原因' };
    return [
      shuffleFinding({
        rule: 'shuffle/left-by-choice',
        echo: true,
        kind: many ? 'observed' : 'inferred',
        statement: {
          en: `${plural(left.length, 'shuffle')} of the run used Spark's own shuffle instead of the remote one${why.en}`,
          zh: `该作业有 ${left.length} 个 shuffle 没有走远程 shuffle，而用了 Spark 自带的 shuffle${why.zh}`,
        },
        keys: keyOfRun(scope),
        at: first.at,
        evidence: [first, ...(many ? [many] : [])].map(({ record }) => recordEvidence(record)),
        count: left.length,
        values: { shuffles: left.length, ...(many ? { partitions: many.partitions, limit: many.limit } : {}) },
      }),
    ];
  },
};
