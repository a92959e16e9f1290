import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { duration, plural } from '../../../tools/evidence/spoken-figures.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { inputAsUsual } from './input-as-usual.ts';
import type { ComparedRuns, RunComparison } from './run-comparison.ts';

/** The symptom of a slow run: how long it took and how long it usually takes. Null when it is within its history. */
export function slowerThanUsual(comparison: RunComparison, runs: ComparedRuns): Finding | null {
  if (comparison.history.verdict !== 'slow' || !comparison.complete) return null;
  const { run } = runs.slow;

  const count = comparison.with.length;
  const input = inputAsUsual(comparison, runs);
  return {
    area: 'spark',
    rule: 'comparison/slower-than-usual',
    kind: 'observed',
    code: null,
    symptom: 'slow',
    statement: {
      en: `The run took ${duration(comparison.slowMs).en}, usually ${duration(comparison.usualMs).en} (${plural(count, 'earlier run')})`,
      zh: `本次用时 ${duration(comparison.slowMs).zh}，平时 ${duration(comparison.usualMs).zh}（与之前 ${count} 次比较）`,
    },
    keys: { ...(run.application.id ? { applicationId: run.application.id } : {}) },
    at: run.application.startedAt,
    until: run.application.endedAt,
    evidence: [...endOf(run), ...endOf(runs.reference.run)],
    count: 1,
    weight: 1,
    values: { slowMs: comparison.slowMs, usualMs: comparison.usualMs, earlierRuns: count, ...input?.values },
    ...(input ? { refutes: input.refutes } : {}),
  };
}

function endOf(run: SparkRun): Evidence[] {
  const { end } = run.application.quotes;
  return end ? [{ ...end, area: 'spark', provenance: 'engine', at: run.application.endedAt }] : [];
}
