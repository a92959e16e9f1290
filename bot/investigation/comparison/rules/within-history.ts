import { duration } from '../../../../tools/spark/measures/figures.ts';
import { spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import { isUsableBaseline } from '../choose-baselines.ts';
import { type ComparisonRule, comparisonFinding } from './comparison-rule.ts';

/** The run ended well and lies within the spread of its own history: it is as it always is. */
export const withinHistory: ComparisonRule = {
  id: 'comparison/within-history',
  codes: ['none.healthy'],
  apply(comparison, runs) {
    const { history } = comparison;
    if (!comparison.complete || (history.verdict !== 'usual' && history.verdict !== 'fast')) return [];
    if (!isUsableBaseline(runs.slow.run)) return [];
    const [took, from, to] = [comparison.slowMs, history.usualFromMs, history.usualToMs].map(duration);
    if (!took || !from || !to) return [];
    return [
      comparisonFinding(comparison, runs, {
        rule: withinHistory.id,
        kind: 'observed',
        code: 'none.healthy',
        en: `The run took ${took.en}; its last ${history.runs} runs make ${from.en} to ${to.en} usual: it is within its own history`,
        zh: `本次用时 ${took.zh}；按最近 ${history.runs} 次运行，${from.zh} 到 ${to.zh} 都属正常：在自身历史范围内`,
        evidence: [runs.slow, ...runs.baselines.slice(0, 6)].flatMap(({ run }) =>
          spoken(run.application.quotes.end, run.application.endedAt),
        ),
        explainsMs: Math.max(1, comparison.deltaMs),
        values: {
          runs: history.runs,
          usualFromMs: history.usualFromMs,
          usualToMs: history.usualToMs,
          medianMs: history.medianMs,
        },
      }),
    ]
      .map((finding) => ({ ...finding, weight: 1, symptom: undefined }))
      .map(({ symptom: _, ...finding }) => finding);
  },
};
