import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, percent, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, succeededRows, wallOf } from '../measures/run-measures.ts';
import { savedByCapping } from '../measures/saved-time.ts';
import { writesToLocalDisk } from '../measures/shuffle-manager.ts';
import { keptTask, keptTaskNear, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * With a remote shuffle, shuffle write time is the time to push: tasks that "write" for minutes are blocked by the service
 * (paused push, full or slow workers). Beyond the catalogue's stall rule it is a stall; which worker blocks, its own logs say.
 */
export const blockedPush: Rule<SparkRun> = {
  id: 'spark/blocked-push',
  area: 'spark',
  codes: ['shuffle.stall'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock || writesToLocalDisk(run)) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(found.filter((finding) => finding !== null));
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const t = SPARK_THRESHOLDS;
  const rows = succeededRows(run, index);
  const pushMs = (row: number) => Math.min(run.tasks.shuffleWriteMs[row] ?? 0, durationOf(run, row));
  const [longest] = [...rows].sort((a, b) => pushMs(b) - pushMs(a));
  const stageMs = (stage.completedAt ?? clock.to) - (stage.submittedAt ?? clock.to);
  if (longest === undefined || pushMs(longest) <= t.stallMs || pushMs(longest) <= stageMs * t.stallShareOfStage)
    return null;
  const without = savedByCapping(run, index, (row) => durationOf(run, row) - pushMs(row));
  const saved = Math.max(wallOf(run, rows, pushMs), without);
  const weight = weightOf(clock, saved);
  if (weight === 0) return null;
  const blocked = rows.filter((row) => pushMs(row) > t.stallMs);
  const name = `${stage.stageId}.${stage.attempt}`;
  const [pushed, whole] = [duration(pushMs(longest)), duration(durationOf(run, longest))];
  const usual = keptTaskNear(run, stage, stage.shuffleWriteMs?.p50 ?? 0, pushMs);
  return sparkFinding(run, {
    rule: blockedPush.id,
    kind: weight >= t.observedMinWeight ? 'observed' : 'inferred',
    code: 'shuffle.stall',
    symptom: 'slow',
    en: `${plural(blocked.length, 'task')} of stage ${name} blocked while pushing to the remote shuffle, the longest ${pushed.en} of its ${whole.en}; ${percent(weight)} of the run`,
    zh: `阶段 ${name} 有 ${blocked.length} 个任务在向远程 shuffle 推送时被堵住，最久的一个在 ${whole.zh}里占了 ${pushed.zh}；占运行的 ${percent(weight)}`,
    keys: { ...stageKeys(stage), taskId: run.tasks.taskId[longest] ?? 0 },
    at: run.tasks.launchedAt[longest] ?? null,
    until: run.tasks.finishedAt[longest] ?? null,
    evidence: [
      ...taskEvidence(keptTask(run, longest)),
      ...taskEvidence(usual),
      ...stageEvidence(stage),
      ...settingEvidence(run, 'spark.shuffle.manager'),
    ],
    count: blocked.length,
    weight,
    values: {
      savedMs: saved,
      longestPushMs: pushMs(longest),
      longestTaskMs: durationOf(run, longest),
      medianPushMs: stage.shuffleWriteMs?.p50,
      pushedBytes: stage.shuffleWriteBytes?.sum,
      stageMs,
    },
  });
}
