import type { Rule } from '../../evidence/rule.ts';
import type { SparkRun } from '../facts.ts';
import { count, duration, plural } from '../measures/figures.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { durationOf, measuresOf, wallOf } from '../measures/run-measures.ts';
import { reasonEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';
import { TASK_STATUS } from '../task-table.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * What failures cost in time: attempts that failed or were lost, and stage attempts that ran again. A symptom with a price;
 * the cause is whatever made them fail.
 */
export const repeatedWork: Rule<SparkRun> = {
  id: 'spark/repeated-work',
  area: 'spark',
  codes: [],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const again = new Set(run.stages.flatMap((stage, index) => (stage.attempt > 0 ? [index] : [])));
    const rows: number[] = [];
    let failed = 0;
    for (let row = 0; row < run.tasks.length; row += 1) {
      const status = run.tasks.status[row];
      const inVain = status === TASK_STATUS.failed || status === TASK_STATUS.lost;
      if (inVain) failed += 1;
      if (inVain || again.has(run.tasks.stage[row] ?? -1)) rows.push(row);
    }
    const wall = wallOf(run, rows, (row) => durationOf(run, row));
    const weight = weightOf(clock, wall);
    if (weight < SPARK_THRESHOLDS.minWeight) return [];
    const time = duration(wall);
    const { rowsOfStage } = measuresOf(run);
    const repeated = [...again].reduce((sum, index) => sum + (rowsOfStage[index]?.length ?? 0), 0);
    const firstFailed = run.keptTasks.find(({ status }) => status === 'failed' || status === 'lost');
    const firstAgain = run.stages.find((stage) => stage.attempt > 0);
    return [
      sparkFinding(run, {
        rule: repeatedWork.id,
        kind: 'observed',
        symptom: 'slow',
        en: `Failures cost ${time.en} of the run: ${plural(failed, 'attempt')} in vain and ${plural(repeated, 'task')} of ${plural(again.size, 'repeated stage attempt')}`,
        zh: `失败让运行多花了 ${time.zh}：${count(failed)} 次尝试白跑，${again.size} 次阶段重跑又做了 ${count(repeated)} 个任务`,
        keys: firstAgain ? { stageId: firstAgain.stageId, stageAttempt: firstAgain.attempt } : {},
        at: firstFailed?.finishedAt ?? firstAgain?.submittedAt ?? null,
        evidence: [
          ...reasonEvidence(run, firstFailed),
          ...taskEvidence(firstFailed).slice(0, 1),
          ...(firstAgain ? stageEvidence(firstAgain) : []),
        ],
        count: failed + repeated,
        weight,
        values: { savedMs: wall, failedAttempts: failed, repeatedTasks: repeated, repeatedStageAttempts: again.size },
      }),
    ];
  },
};
