import type { SparkRun } from '../../../tools/spark/facts.ts';
import { totalOf, workByHost } from './host-work.ts';
import { grownMs, matters } from './rules/comparison-rule.ts';
import type { ComparedRuns, RunComparison } from './run-comparison.ts';

/** Whether what a setting does is seen to have happened between the runs. */
type Shows = (comparison: RunComparison, runs: ComparedRuns) => boolean;

/**
 * A setting explains a slow-down only when its own effect shows: another number of tasks, a spill, another plan, fewer
 * slots. Keys that match no entry need no sign beyond the account that grew. First match counts.
 */
const EFFECTS: readonly (readonly [RegExp, Shows])[] = [
  [/^spark\.(?:executor\.memory|memory\.)/, memoryShort],
  [
    /^spark\.(?:yarn\.)?executor\.(?:memoryOverhead|pyspark\.memory)|^spark\.kubernetes\.memoryOverheadFactor/,
    workDoneAgain,
  ],
  [/^spark\.(?:executor\.instances|executor\.cores|cores\.max|task\.cpus|dynamicAllocation\.)/, capacityChanged],
  [
    /^spark\.sql\.(?:adaptive\.)?autoBroadcastJoinThreshold|^spark\.sql\.(?:join|optimizer|cbo|constraint)/,
    planChanged,
  ],
  [
    /^spark\.sql\.adaptive\.enabled$/,
    (comparison, runs) => planChanged(comparison) || partitionsChanged(comparison, runs),
  ],
  [
    /^spark\.(?:sql\.shuffle\.partitions|default\.parallelism|sql\.files\.(?:max|min)Partition|sql\.adaptive\.(?:coalesce|advisory))/,
    partitionsChanged,
  ],
  [/^spark\.speculation/, speculationUsed],
  [/^spark\.(?:io\.compression|shuffle\.compress|shuffle\.spill\.compress|serializer)/, shuffledBytesChanged],
  [
    /^spark\.(?:driver\.memory|driver\.cores)/,
    (comparison) => matters(comparison, grownMs(comparison, 'driver', 'commit', 'scheduling')),
  ],
];

/** Whether the effect of a changed property shows in the runs. */
export function effectShows(key: string, comparison: RunComparison, runs: ComparedRuns): boolean {
  const entry = EFFECTS.find(([pattern]) => pattern.test(key));
  return entry === undefined || entry[1](comparison, runs);
}

function memoryShort(comparison: RunComparison, runs: ComparedRuns): boolean {
  const now = sumOfStages(runs.slow.run, 'diskSpilledBytes');
  const before = sumOfStages(runs.reference.run, 'diskSpilledBytes');
  const spills = now > before * 1.5;
  return (
    spills || matters(comparison, grownMs(comparison, 'gc')) || workDoneAgain(comparison) || cacheLost(comparison, runs)
  );
}

/** Less is cached than before, or rows are read again although no relation grew. */
function cacheLost(comparison: RunComparison, runs: ComparedRuns): boolean {
  const kept = runs.slow.run.storage;
  const usual = runs.reference.run.storage;
  if (kept && usual && usual.memoryBytes > 0 && kept.memoryBytes < usual.memoryBytes * 0.8) return true;
  const grew = comparison.changes.some(({ what, ratio }) => what === 'input' && (ratio ?? 0) > 1.1);
  const read = sumOfStages(runs.slow.run, 'inputRecords');
  const usuallyRead = sumOfStages(runs.reference.run, 'inputRecords');
  return !grew && usuallyRead > 0 && read > usuallyRead * 1.2;
}

function workDoneAgain(comparison: RunComparison): boolean {
  return matters(comparison, grownMs(comparison, 'rework'));
}

function capacityChanged(comparison: RunComparison): boolean {
  return (
    comparison.changes.some(({ what, worsens }) => what === 'capacity' && worsens) ||
    matters(comparison, grownMs(comparison, 'executor_wait', 'scheduling', 'idle'))
  );
}

function planChanged(comparison: RunComparison): boolean {
  return (
    comparison.changes.some(({ what }) => what === 'plan') || comparison.stages.some(({ match }) => match !== 'both')
  );
}

function partitionsChanged(comparison: RunComparison, runs: ComparedRuns): boolean {
  return comparison.stages.some((stage) => {
    if (stage.match !== 'both') return true;
    const ratio = taskCount(runs.slow.run, stage.slowRows) / Math.max(1, taskCount(runs.reference.run, stage.baseRows));
    return ratio >= 1.3 || ratio <= 0.77;
  });
}

function speculationUsed(_: RunComparison, runs: ComparedRuns): boolean {
  const speculative = (run: SparkRun) => run.stages.some((stage) => stage.attempts.speculative > 0);
  return speculative(runs.slow.run) || runs.baselines.some(({ run }) => speculative(run));
}

function shuffledBytesChanged(comparison: RunComparison, runs: ComparedRuns): boolean {
  return comparison.stages.some((stage) => {
    if (stage.match !== 'both') return false;
    const bytes = (run: SparkRun, rows: readonly number[]) =>
      totalOf(workByHost(run, rows), (host) => host.shuffleWriteBytes) / Math.max(1, stage.workRatio ?? 1);
    const now = bytes(runs.slow.run, stage.slowRows);
    const before = bytes(runs.reference.run, stage.baseRows);
    return before > 0 && Math.abs(now / before - 1) >= 0.1;
  });
}

/** Tasks of the largest attempt of a logical stage. */
export function taskCount(run: SparkRun, rows: readonly number[]): number {
  return rows.reduce((most, row) => Math.max(most, run.stages[row]?.taskCount ?? 0), 0);
}

/** Sum of a stage figure over a run. */
export function sumOfStages(run: SparkRun, figure: 'diskSpilledBytes' | 'inputRecords' | 'outputRecords'): number {
  return run.stages.reduce((sum, stage) => sum + (stage[figure]?.sum ?? 0), 0);
}
