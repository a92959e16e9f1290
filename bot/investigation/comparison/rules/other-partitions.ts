import { count, duration, plural } from '../../../../tools/evidence/spoken-figures.ts';
import type { StageFacts } from '../../../../tools/spark/facts.ts';
import { slotsAt } from '../../../../tools/spark/measures/slots.ts';
import type { ComparedRuns, RunComparison, StageChange } from '../run-comparison.ts';
import { taskCount } from '../setting-effects.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines } from './stage-evidence.ts';

/**
 * The same rows of a stage are cut into many times more tasks than before (each too small to be worth its start), or into
 * far fewer (cores idle, each task too big). How many tasks a scan gets depends on the executors that happened to be there
 * when it was planned: a scan counts only when as many slots were.
 */
export const otherPartitions: ComparisonRule = {
  id: 'comparison/other-partitions',
  codes: ['skew.partition_sizing'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const stages = comparison.stages.filter((stage) => resized(stage, runs) && stage.deltaMs > 0);
    const explainsMs = stages.reduce((ms, stage) => ms + Math.max(0, stage.deltaMs - Math.max(0, stage.moreWorkMs)), 0);
    const [worst] = stages;
    if (!worst || !matters(comparison, explainsMs)) return [];
    return [toFinding(worst, explainsMs, comparison, runs)];
  },
};

function resized(stage: StageChange, runs: ComparedRuns): boolean {
  if (stage.match !== 'both') return false;
  const facts = runs.slow.run.stages[stage.slowRows.at(-1) ?? -1];
  if (!facts || (scans(facts) && !asManySlots(runs, stage))) return false;
  const now = taskCount(runs.slow.run, stage.slowRows);
  const usual = taskCount(runs.reference.run, stage.baseRows);
  const ratio = now / Math.max(1, usual) / Math.max(1, stage.workRatio ?? 1);
  return ratio >= COMPARISON_THRESHOLDS.manyMoreTasks || ratio <= COMPARISON_THRESHOLDS.farFewerTasks;
}

function scans(stage: StageFacts): boolean {
  return (stage.inputRecords?.sum ?? 0) + (stage.inputBytes?.sum ?? 0) > 0;
}

/** As many slots were there when the stage was submitted as in the usual run: then it is not they who made the tasks fewer. */
function asManySlots({ slow, reference }: ComparedRuns, stage: StageChange): boolean {
  const now = slotsAt(slow.run, slow.run.stages[stage.slowRows[0] ?? -1]?.submittedAt ?? Number.NaN);
  const usual = slotsAt(reference.run, reference.run.stages[stage.baseRows[0] ?? -1]?.submittedAt ?? Number.NaN);
  return usual > 0 && now >= usual;
}

function toFinding(stage: StageChange, explainsMs: number, comparison: RunComparison, runs: ComparedRuns) {
  const now = taskCount(runs.slow.run, stage.slowRows);
  const usual = taskCount(runs.reference.run, stage.baseRows);
  const lost = duration(explainsMs);
  const many = now > usual;
  return comparisonFinding(comparison, runs, {
    rule: otherPartitions.id,
    kind: 'observed',
    code: 'skew.partition_sizing',
    en: `Stage ${stage.stageId} cuts the same rows into ${plural(now, 'task')}, usually ${count(usual)}: ${many ? 'each task is small and costs its start' : 'cores stay idle and each task is big'}; that costs ${lost.en}`,
    zh: `阶段 ${stage.stageId} 把同样的数据切成 ${count(now)} 个任务，平时 ${count(usual)} 个：${many ? '每个任务很小，启动开销占比大' : '部分核空闲，每个任务很大'}；多用 ${lost.zh}`,
    keys: keysOfStage(runs, stage),
    evidence: stageLines(runs, stage, 'runMs'),
    explainsMs: explainsMs * 0.95,
    values: { tasks: now, usualTasks: usual },
  });
}
