import type { Rule } from '../../evidence/rule.ts';
import { count, duration, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { durationOf, isLostOutput, measuresOf, wallOf } from '../measures/run-measures.ts';
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
    let [failed, outputs] = [0, 0];
    for (let row = 0; row < run.tasks.length; row += 1) {
      const status = run.tasks.status[row];
      const inVain = status === TASK_STATUS.failed || status === TASK_STATUS.lost;
      if (isLostOutput(run, row)) outputs += 1;
      else if (inVain) failed += 1;
      if (inVain || again.has(run.tasks.stage[row] ?? -1)) rows.push(row);
    }
    const wall = wallOf(run, rows, (row) => durationOf(run, row));
    const weight = weightOf(clock, wall);
    if (weight < SPARK_THRESHOLDS.minWeight) return [];
    const { rowsOfStage } = measuresOf(run);
    const repeated = [...again].reduce((sum, index) => sum + (rowsOfStage[index]?.length ?? 0), 0);
    const firstFailed = run.keptTasks.find(({ status }) => status === 'failed' || status === 'lost');
    const firstAgain = run.stages.find((stage) => stage.attempt > 0);
    return [
      sparkFinding(run, {
        rule: repeatedWork.id,
        kind: 'observed',
        symptom: 'slow',
        ...wordsFor(wall, { failed, outputs, repeated, stages: again.size }),
        keys: firstAgain ? { stageId: firstAgain.stageId, stageAttempt: firstAgain.attempt } : {},
        at: firstFailed?.finishedAt ?? firstAgain?.submittedAt ?? null,
        evidence: [
          ...reasonEvidence(run, firstFailed),
          ...taskEvidence(firstFailed).slice(0, 1),
          ...(firstAgain ? stageEvidence(firstAgain) : []),
        ],
        count: Math.max(1, failed + outputs + repeated),
        weight,
        values: {
          savedMs: wall,
          failedAttempts: failed,
          lostOutputs: outputs,
          repeatedTasks: repeated,
          repeatedStageAttempts: again.size,
        },
      }),
    ];
  },
};

/** The price and what it was paid for, without what did not happen. */
function wordsFor(
  wallMs: number,
  { failed, outputs, repeated, stages }: { failed: number; outputs: number; repeated: number; stages: number },
): { en: string; zh: string } {
  const parts: { en: string; zh: string }[] = [];
  if (failed > 0) parts.push({ en: `${plural(failed, 'attempt')} in vain`, zh: `${count(failed)} 次尝试白跑` });
  if (outputs > 0) {
    parts.push({
      en: `the output of ${plural(outputs, 'finished task')} lost`,
      zh: `${count(outputs)} 个已完成任务的输出丢失`,
    });
  }
  if (stages > 0) {
    parts.push({
      en: `${plural(repeated, 'task')} of ${plural(stages, 'repeated stage attempt')}`,
      zh: `${stages} 次阶段重跑又做了 ${count(repeated)} 个任务`,
    });
  }
  const time = duration(wallMs);
  return {
    en: `Failures cost ${time.en} of the run: ${parts.map(({ en }) => en).join(', ')}`,
    zh: `失败让运行多花了 ${time.zh}：${parts.map(({ zh }) => zh).join('，')}`,
  };
}
