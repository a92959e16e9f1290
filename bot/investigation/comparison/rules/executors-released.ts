import { duration, plural } from '../../../../tools/evidence/spoken-figures.ts';
import type { ExecutorFacts, SparkRun } from '../../../../tools/spark/facts.ts';
import { settingEvidence, spoken } from '../../../../tools/spark/measures/spark-evidence.ts';
import { booleanSetting } from '../../../../tools/spark/measures/spark-setting.ts';
import type { RunComparison } from '../run-comparison.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters } from './comparison-rule.ts';
import { plainValue, spokenChanges } from './config-changed.ts';

/**
 * Dynamic allocation gave executors back and the run waited for new ones, or asked late for them: executors went as
 * "killed by driver" (harmless in itself) while work was still to come, or the settings of the allocation changed.
 */
export const executorsReleased: ComparisonRule = {
  id: 'comparison/executors-released',
  codes: ['scheduling.dynamic_allocation'],
  apply(comparison, runs) {
    const { run } = runs.slow;
    if (!isSlower(comparison) || !booleanSetting(run, 'spark.dynamicAllocation.enabled', false)) return [];
    const waited = grownMs(comparison, 'executor_wait');
    const explainsMs = Math.max(waited, comparison.split.lessCapacityMs);
    if (!matters(comparison, waited) || !matters(comparison, explainsMs)) return [];
    const released = releasedTooEarly(run);
    const usual = releasedTooEarly(runs.reference.run);
    const settings = allocationSettings(comparison);
    if (released.length <= usual.length && settings.length === 0) return [];
    const lost = duration(waited);
    const named = spokenChanges(settings);
    return [
      comparisonFinding(comparison, runs, {
        rule: executorsReleased.id,
        kind: 'observed',
        code: 'scheduling.dynamic_allocation',
        en: `Dynamic allocation released ${plural(released.length, 'executor')} while work was still to come (usually ${usual.length}); waiting for executors took ${lost.en} longer${settings.length > 0 ? `; no earlier run had it so: ${named.en}` : ''}`,
        zh: `动态分配在仍有工作时释放了 ${released.length} 个执行器（平时 ${usual.length} 个）；等待执行器多用 ${lost.zh}${settings.length > 0 ? `；与以往运行不同：${named.zh}` : ''}`,
        evidence: [
          ...released.slice(0, 2).flatMap((executor) => spoken(executor.quotes.removed, executor.removedAt)),
          ...addedAgain(run, released).flatMap((executor) => spoken(executor.quotes.added, executor.addedAt)),
          ...settings.flatMap(({ evidence }) => [...evidence]).slice(0, 3),
          ...settingEvidence(run, 'spark.dynamicAllocation.enabled'),
        ],
        explainsMs,
        values: {
          released: released.length,
          usualReleased: usual.length,
          waitedMs: waited,
          ...Object.fromEntries(settings.map(({ name, from }) => [name, plainValue(from)])),
        },
      }),
    ];
  },
};

/** Executors given back although a stage came after. */
function releasedTooEarly(run: SparkRun): ExecutorFacts[] {
  const last = run.stages.reduce((latest, stage) => Math.max(latest, stage.submittedAt ?? 0), 0);
  return run.executors.filter(
    (executor) => executor.removalKind === 'released' && executor.removedAt !== null && executor.removedAt < last,
  );
}

/** The first executors that came after one had been given back. */
function addedAgain(run: SparkRun, released: readonly ExecutorFacts[]): ExecutorFacts[] {
  const first = Math.min(...released.map(({ removedAt }) => removedAt ?? Number.POSITIVE_INFINITY));
  return run.executors.filter(({ addedAt }) => addedAt !== null && addedAt > first).slice(0, 1);
}

function allocationSettings(comparison: RunComparison): RunComparison['changes'] {
  return comparison.changes.filter(
    ({ what, name, worsens }) => what === 'setting' && worsens && name.startsWith('spark.dynamicAllocation.'),
  );
}
