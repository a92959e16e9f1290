import { quantile } from '../statistics/quantile.ts';
import type { ScoredTrial } from './suite-result.ts';
import type { CostSummary } from './summary.ts';

/** What of a trial is counted; null where it was not told. */
const COSTS: readonly { name: string; unit: CostSummary['unit']; of: (scored: ScoredTrial) => number | null }[] = [
  { name: 'time to the answer', unit: 'ms', of: ({ trial }) => trial.durationMs },
  { name: 'time to what is certain first', unit: 'ms', of: ({ trial }) => trial.firstMs },
  { name: 'sources read', unit: 'count', of: ({ trial }) => trial.read.length },
  { name: 'tool calls', unit: 'count', of: ({ trial }) => trial.diagnosis?.costs.toolCalls ?? null },
  { name: 'model calls', unit: 'count', of: ({ trial }) => trial.diagnosis?.costs.modelCalls ?? null },
  { name: 'tokens in', unit: 'count', of: ({ trial }) => trial.diagnosis?.costs.inputTokens ?? null },
  { name: 'tokens out', unit: 'count', of: ({ trial }) => trial.diagnosis?.costs.outputTokens ?? null },
  { name: 'money', unit: 'usd', of: ({ trial }) => trial.diagnosis?.costs.usd ?? null },
];

/** What answers cost; what nobody told, or nobody used, has no row. */
export function costsOf(made: readonly ScoredTrial[]): CostSummary[] {
  return COSTS.flatMap(({ name, unit, of }) => {
    const values = made.flatMap((scored) => of(scored) ?? []);
    const most = Math.max(0, ...values);
    if (most === 0) return [];
    return [
      {
        name,
        unit,
        of: values.length,
        median: quantile(values, 0.5) ?? 0,
        p95: quantile(values, 0.95) ?? 0,
        most,
        sum: values.reduce((sum, value) => sum + value, 0),
      },
    ];
  });
}
