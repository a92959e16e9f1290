import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun } from '../facts.ts';
import { judgedClock } from '../measures/judged-run.ts';
import { durationOf, measuresOf } from '../measures/run-measures.ts';
import { mostSlots } from '../measures/slots.ts';
import { keptTask, reasonEvidence, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { booleanSetting } from '../measures/spark-setting.ts';
import { TASK_STATUS } from '../task-table.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * Speculation that costs: losing attempts that held slots while other tasks queued, or twins that were refused the commit
 * in a stage that then failed, or that found what the other attempt had made. A killed twin on a slot nobody else wanted costs
 * nothing and is no finding.
 */
export const losingTwins: Rule<SparkRun> = {
  id: 'spark/losing-twins',
  area: 'spark',
  codes: ['scheduling.speculation'],
  apply(run) {
    return heaviest([...wastedSlots(run), ...refusedCommits(run), ...collidedTwins(run)]);
  },
};

/** Rows of attempts whose partition another attempt of the same stage finished. */
function losers(run: SparkRun): number[] {
  const won = new Set<string>();
  const { tasks } = run;
  const key = (row: number) => `${tasks.stage[row]}/${tasks.index[row]}`;
  for (let row = 0; row < tasks.length; row += 1) {
    if (tasks.status[row] === TASK_STATUS.succeeded) won.add(key(row));
  }
  const speculated = new Set<string>();
  for (let row = 0; row < tasks.length; row += 1) if (tasks.speculative[row] === 1) speculated.add(key(row));
  const rows: number[] = [];
  for (let row = 0; row < tasks.length; row += 1) {
    if (tasks.status[row] === TASK_STATUS.killed && won.has(key(row)) && speculated.has(key(row))) rows.push(row);
  }
  return rows;
}

function wastedSlots(run: SparkRun): Finding[] {
  const t = SPARK_THRESHOLDS;
  const clock = judgedClock(run);
  if (!clock) return [];
  const rows = losers(run);
  const lost = rows.reduce((sum, row) => sum + durationOf(run, row), 0);
  if (rows.length < t.speculationMinTasks || lost < t.speculationMinMs) return [];
  const slots = Math.max(1, mostSlots(run));
  const { wallShareMs } = measuresOf(run);
  // A task's part of the wall clock is its duration over the tasks beside it: near 1 / slots only when all slots were busy.
  const crowded = rows.filter((row) => (wallShareMs[row] ?? 0) <= (durationOf(run, row) / slots) * 1.25);
  const saved = crowded.reduce((sum, row) => sum + durationOf(run, row) / slots, 0);
  const time = duration(lost);
  const [longest] = [...rows].sort((a, b) => durationOf(run, b) - durationOf(run, a));
  return [
    sparkFinding(run, {
      rule: losingTwins.id,
      kind: 'inferred',
      code: 'scheduling.speculation',
      symptom: 'slow',
      en: `Speculation ran ${plural(rows.length, 'attempt')} in vain, ${time.en} of slot time; ${crowded.length} of them while every slot was wanted`,
      zh: `推测执行有 ${rows.length} 次尝试白跑，占用槽位 ${time.zh}；其中 ${crowded.length} 次发生在所有槽位都被需要的时候`,
      at: longest === undefined ? null : (run.tasks.launchedAt[longest] ?? null),
      evidence: [
        ...(longest === undefined ? [] : taskEvidence(keptTask(run, longest))),
        ...settingEvidence(run, 'spark.speculation', 'spark.speculation.multiplier', 'spark.speculation.quantile'),
      ],
      count: rows.length,
      weight: saved / clock.ms,
      values: { savedMs: saved, losingAttempts: rows.length, losingMs: lost, slots },
    }),
  ];
}

function refusedCommits(run: SparkRun): Finding[] {
  if (!booleanSetting(run, 'spark.speculation', false)) return [];
  return run.stages.flatMap((stage) => {
    const refused = stage.failuresByReason.TaskCommitDenied ?? 0;
    if (refused === 0 || stage.status !== 'failed') return [];
    const denied = run.keptTasks.filter(
      (task) =>
        task.stageId === stage.stageId &&
        task.stageAttempt === stage.attempt &&
        task.reasonClass === 'TaskCommitDenied',
    );
    return [
      sparkFinding(run, {
        rule: losingTwins.id,
        kind: 'inferred',
        code: 'scheduling.speculation',
        symptom: 'task_failed',
        en: `${plural(refused, 'attempt')} of stage ${stage.stageId}.${stage.attempt} refused the commit because another attempt of the same partition held it`,
        zh: `阶段 ${stage.stageId}.${stage.attempt} 有 ${refused} 次尝试被拒绝提交，因为同一分区的另一次尝试占着提交权`,
        keys: stageKeys(stage),
        at: denied[0]?.finishedAt ?? stage.completedAt,
        evidence: [
          ...denied.slice(0, 2).flatMap((task) => [...reasonEvidence(run, task), ...taskEvidence(task).slice(0, 1)]),
          ...stageEvidence(stage),
          ...settingEvidence(run, 'spark.speculation'),
        ],
        count: refused,
        weight: Math.min(1, refused / Math.max(1, stage.attempts.failed + stage.attempts.killed)),
        values: { refusedCommits: refused, speculativeAttempts: stage.attempts.speculative },
      }),
    ];
  });
}

/** What an attempt says that finds the traces of another one: a file, lease, key or temporary folder that is taken or gone. */
const TAKEN =
  /\b(?:already|currently) (?:exists?|being created|owned|locked|open|in use)\b|FileExistsError|FileAlreadyExists|File exists|AlreadyBeingCreated|LeaseExpired|Lease mismatch|_temporary\b|[dD]uplicate (?:entry|key)|unique constraint|DuplicateKey/;

/** Attempts that failed beside a running attempt of the same partition, by what that one had made, in a stage that failed. */
function collidedTwins(run: SparkRun): Finding[] {
  return run.stages.flatMap((stage) => {
    if (stage.status !== 'failed' || stage.attempts.speculative === 0) return [];
    const collided = run.keptTasks.filter(
      (task) =>
        task.stageId === stage.stageId &&
        task.stageAttempt === stage.attempt &&
        task.status === 'failed' &&
        TAKEN.test(task.reasonText ?? '') &&
        besideTwin(run, task.row),
    );
    const [first] = collided;
    if (!first) return [];
    return [
      sparkFinding(run, {
        rule: losingTwins.id,
        kind: 'observed',
        code: 'scheduling.speculation',
        symptom: 'task_failed',
        en: `Two attempts of one partition ran side by side in stage ${stage.stageId}.${stage.attempt}, one of them speculative, and one failed on what the other had made`,
        zh: `阶段 ${stage.stageId}.${stage.attempt} 中同一分区有两次尝试并行，其中一次是推测执行，一次因另一次已经生成的内容而失败`,
        keys: { ...stageKeys(stage), taskId: first.taskId },
        at: first.finishedAt,
        evidence: [
          ...collided.slice(0, 2).flatMap((task) => [...reasonEvidence(run, task), ...taskEvidence(task).slice(0, 1)]),
          ...stageEvidence(stage),
          ...settingEvidence(run, 'spark.speculation'),
        ],
        count: collided.length,
        weight: Math.min(1, collided.length / Math.max(1, stage.attempts.failed)),
        values: { collidedAttempts: collided.length, speculativeAttempts: stage.attempts.speculative },
      }),
    ];
  });
}

/** Another attempt of the same partition ran at the same time, and one of the two was launched speculatively. */
function besideTwin({ tasks }: SparkRun, row: number): boolean {
  const endedAt = (at: number) => {
    const end = tasks.finishedAt[at] ?? Number.NaN;
    return Number.isNaN(end) ? Number.POSITIVE_INFINITY : end;
  };
  for (let other = 0; other < tasks.length; other += 1) {
    if (other === row || tasks.stage[other] !== tasks.stage[row] || tasks.index[other] !== tasks.index[row]) continue;
    if (tasks.speculative[other] !== 1 && tasks.speculative[row] !== 1) continue;
    const apart = (tasks.launchedAt[other] ?? 0) >= endedAt(row) || (tasks.launchedAt[row] ?? 0) >= endedAt(other);
    if (!apart) return true;
  }
  return false;
}
