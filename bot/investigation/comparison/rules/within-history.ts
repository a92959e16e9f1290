import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import { spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import { isUsableBaseline } from '../choose-baselines.ts';
import { type ComparisonRule, comparisonFinding } from './comparison-rule.ts';

/** The run ended well and lies within the spread of its own history: it is as it always is. */
export const withinHistory: ComparisonRule = {
  id: 'comparison/within-history',
  codes: ['none.healthy'],
  apply(comparison, runs) {
    const { history, baselineWallClockMs: walls } = comparison;
    if (!comparison.complete || (history.verdict !== 'usual' && history.verdict !== 'fast')) return [];
    if (!isUsableBaseline(runs.slow.run)) return [];
    const took = duration(comparison.slowMs);
    const from = duration(walls[0] ?? 0);
    const to = duration(walls.at(-1) ?? 0);
    const limit = duration(history.usualToMs);
    const { symptom: _, ...finding } = comparisonFinding(comparison, runs, {
      rule: withinHistory.id,
      kind: 'observed',
      code: 'none.healthy',
      en: `The run took ${took.en}; the ${history.runs} before it took ${from.en} to ${to.en}, and up to ${limit.en} lies within their spread: nothing is out of the ordinary`,
      zh: `本次用时 ${took.zh}；之前 ${history.runs} 次用时 ${from.zh} 到 ${to.zh}，${limit.zh} 以内都在其自身波动范围内：没有异常`,
      evidence: [runs.slow, ...runs.baselines.slice(0, 6)].flatMap(({ run }) =>
        spoken(run.application.quotes.end, run.application.endedAt),
      ),
      explainsMs: 0,
      values: {
        runs: history.runs,
        usualFromMs: history.usualFromMs,
        usualToMs: history.usualToMs,
        medianMs: history.medianMs,
      },
    });
    return [{ ...finding, weight: 1 }];
  },
};
