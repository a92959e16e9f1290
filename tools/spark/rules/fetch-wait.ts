import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, percent } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { compareHosts } from '../measures/compare-hosts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, measuresOf, succeededRows, wallOf } from '../measures/run-measures.ts';
import { savedByCapping } from '../measures/saved-time.ts';
import { keptTask, keptTaskNear, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * Reducers wait for shuffle blocks of others: the metric itself says so. Beyond the catalogue's stall rule it is a stall.
 * The log names no source of a slow block; the host whose own tasks wait least reads locally what the others wait for.
 */
export const fetchWait: Rule<SparkRun> = {
  id: 'spark/fetch-wait',
  area: 'spark',
  codes: ['shuffle.fetch_wait', 'shuffle.stall'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(found.filter((finding) => finding !== null));
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const t = SPARK_THRESHOLDS;
  const rows = succeededRows(run, index);
  const waitMs = (row: number) => Math.min(run.tasks.fetchWaitMs[row] ?? 0, durationOf(run, row));
  const [waited, ran] = [sumOf(rows, waitMs), sumOf(rows, (row) => durationOf(run, row))];
  const share = ran > 0 ? waited / ran : 0;
  const saved = Math.max(
    wallOf(run, rows, waitMs),
    savedByCapping(run, index, (row) => durationOf(run, row) - waitMs(row)),
  );
  const weight = weightOf(clock, saved);
  const [longest] = [...rows].sort((a, b) => waitMs(b) - waitMs(a));
  if (weight === 0 || longest === undefined) return null;
  // A few reducers that wait nearly all their time hold up a stage whose tasks as a whole hardly wait.
  const longestShare = waitMs(longest) / Math.max(1, durationOf(run, longest));
  const holdsUp = longestShare >= t.fetchWaitTailShare && weight >= t.observedMinWeight;
  if (share < t.fetchWaitShare && !holdsUp) return null;
  return toFinding(run, stage, { index, rows, waitMs, waited, share, saved, weight, longest, holdsUp });
}

function sumOf(rows: readonly number[], of: (row: number) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

interface WaitFigures {
  index: number;
  rows: readonly number[];
  waitMs: (row: number) => number;
  waited: number;
  share: number;
  saved: number;
  weight: number;
  longest: number;
  holdsUp: boolean;
}

function toFinding(run: SparkRun, stage: StageFacts, figures: WaitFigures): Finding {
  const t = SPARK_THRESHOLDS;
  const { waitMs, longest, share } = figures;
  const wall = stageWallMs(run, stage, figures.index);
  const stalled = waitMs(longest) > t.stallMs && waitMs(longest) > wall * t.stallShareOfStage;
  const least = leastWaiting(run, figures);
  const name = `${stage.stageId}.${stage.attempt}`;
  const [longestWait, whole] = [duration(waitMs(longest)), duration(durationOf(run, longest))];
  const task = keptTask(run, longest);
  const shortest = keptTaskNear(run, stage, 0, waitMs);
  const [source, sourceZh] = least
    ? [
        `; tasks on ${least.host} wait least (${duration(least.waitMs).en}), which points at ${least.host} as the slow server`,
        `；${least.host} 上的任务等得最少（${duration(least.waitMs).zh}），说明慢的可能正是 ${least.host} 这一端`,
      ]
    : ['', ''];
  const sameReads = readsAlike(run, figures.rows);
  return sparkFinding(run, {
    rule: fetchWait.id,
    kind:
      figures.holdsUp || (share >= t.fetchWaitObservedShare && figures.weight >= t.observedMinWeight)
        ? 'observed'
        : 'inferred',
    code: stalled ? 'shuffle.stall' : 'shuffle.fetch_wait',
    symptom: 'slow',
    en: `Tasks of stage ${name} wait for remote shuffle blocks during ${percent(share)} of their time; the longest waits ${longestWait.en} of its ${whole.en}${source}`,
    zh: `阶段 ${name} 的任务有 ${percent(share)} 的时间在等远端 shuffle 数据块；最久的一个在 ${whole.zh}里等了 ${longestWait.zh}${sourceZh}`,
    keys: { ...stageKeys(stage), taskId: run.tasks.taskId[longest] ?? 0 },
    at: run.tasks.launchedAt[longest] ?? stage.submittedAt,
    until: run.tasks.finishedAt[longest] ?? stage.completedAt,
    evidence: [...taskEvidence(task), ...taskEvidence(shortest), ...stageEvidence(stage)],
    count: figures.rows.filter((row) => waitMs(row) >= durationOf(run, row) * t.fetchWaitShare).length,
    weight: figures.weight,
    values: {
      savedMs: figures.saved,
      fetchWaitSumMs: figures.waited,
      shareOfTaskTime: share,
      longestWaitMs: waitMs(longest),
      longestTaskMs: durationOf(run, longest),
      stageMs: wall,
      shuffleReadBytes: stage.shuffleReadBytes?.sum,
      leastWaitingHost: least?.host,
      leastWaitMs: least?.waitMs,
    },
    refutes: sameReads
      ? [
          {
            code: 'skew.join_key',
            why: {
              en: `the waiting tasks of stage ${name} read no more records than the others`,
              zh: `阶段 ${name} 中等待的任务读的记录并不比别的任务多`,
            },
          },
        ]
      : [],
  });
}

function stageWallMs(run: SparkRun, stage: StageFacts, index: number): number {
  const { endedAt, rowsOfStage } = measuresOf(run);
  const from = stage.submittedAt ?? Number.POSITIVE_INFINITY;
  let to = stage.completedAt ?? Number.NEGATIVE_INFINITY;
  for (const row of rowsOfStage[index] ?? []) to = Math.max(to, endedAt[row] ?? to);
  return Math.max(0, to - from);
}

/** The one host whose tasks wait far less than those of every other host, among three or more. */
function leastWaiting(run: SparkRun, { index, waitMs }: WaitFigures): { host: string; waitMs: number } | null {
  const hosts = compareHosts(run, index).map((hosts) => ({ host: hosts.host, ...hosts.figures(waitMs) }));
  const least = hosts.filter(({ own, others }) => own <= others * SPARK_THRESHOLDS.leastWaitShare);
  const [only] = least;
  return hosts.length >= 3 && least.length === 1 && only ? { host: only.host, waitMs: only.own } : null;
}

function readsAlike(run: SparkRun, rows: readonly number[]): boolean {
  const records = rows.map((row) => run.tasks.shuffleReadRecords[row] ?? 0).sort((a, b) => a - b);
  const middle = records[Math.floor(records.length / 2)] ?? 0;
  return middle > 0 && (records.at(-1) ?? 0) <= middle * SPARK_THRESHOLDS.slowHostVolumeFactor;
}
