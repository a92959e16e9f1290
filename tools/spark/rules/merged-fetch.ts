import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration, plural } from '../../evidence/spoken-figures.ts';
import type { PushRead, SparkRun, StageFacts } from '../facts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { durationOf, succeededRows, wallOf } from '../measures/run-measures.ts';
import { spoken, stageEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * Push-based shuffle that did not help: merged chunks that were damaged, or could not be fetched, so that reducers went back to the
 * many original blocks. Nothing is lost by it; what it cost is at most the time that the same tasks waited for blocks. The metric
 * tells neither the host nor the reason (the engine does not diagnose merged chunks), so both stay leads.
 */
export const mergedFetch: Rule<SparkRun> = {
  id: 'spark/merged-fetch',
  area: 'spark',
  codes: ['shuffle.corruption', 'shuffle.fetch_wait'],
  apply(run) {
    const found = run.stages.flatMap((stage, index) => {
      const { pushRead } = stage;
      return pushRead ? [damaged(run, stage, index, pushRead), wentBack(run, stage, index, pushRead)] : [];
    });
    return heaviest(found.filter((finding) => finding !== null));
  },
};

/** Damage is told also where it cost no time. */
const LEAST_WEIGHT = 0.05;

function damaged(run: SparkRun, stage: StageFacts, index: number, read: PushRead): Finding | null {
  if (read.corruptChunks <= 0) return null;
  const { waitedMs, weight } = waiting(run, index);
  const name = `${stage.stageId}.${stage.attempt}`;
  return sparkFinding(run, {
    rule: mergedFetch.id,
    kind: 'inferred',
    code: 'shuffle.corruption',
    ...(weight > 0 ? { symptom: 'slow' as const } : {}),
    en: `Tasks of stage ${name} found ${plural(read.corruptChunks, 'merged shuffle chunk')} damaged and read the original blocks instead; nothing was lost`,
    zh: `阶段 ${name} 的任务发现 ${read.corruptChunks} 个合并后的 shuffle 块损坏，改读原始块；没有丢失数据`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: evidenceOf(stage, read),
    count: read.corruptChunks,
    weight: Math.max(weight, LEAST_WEIGHT),
    values: { corruptChunks: read.corruptChunks, fallbacks: read.fallbacks, savedMs: waitedMs },
  });
}

function wentBack(run: SparkRun, stage: StageFacts, index: number, read: PushRead): Finding | null {
  const t = SPARK_THRESHOLDS;
  const { fallbacks, mergedBlocks, mergedBytes } = read;
  const tried = fallbacks + mergedBlocks;
  if (fallbacks < t.mergedFallbacks || fallbacks < tried * t.mergedFallbackShare) return null;
  const { waitedMs, weight } = waiting(run, index);
  if (weight === 0) return null;
  const name = `${stage.stageId}.${stage.attempt}`;
  const wait = duration(waitedMs);
  return sparkFinding(run, {
    rule: mergedFetch.id,
    kind: 'inferred',
    code: 'shuffle.fetch_wait',
    symptom: 'slow',
    en: `Reducers of stage ${name} fell back from merged to original shuffle blocks ${plural(fallbacks, 'time')} (${bytes(mergedBytes)} came merged): the merged chunks could not be fetched; waiting for blocks cost up to ${wait.en}`,
    zh: `阶段 ${name} 的 Reduce 任务有 ${fallbacks} 次从合并块退回到原始 shuffle 块（合并读取 ${bytes(mergedBytes)}）：合并块无法获取；等待数据块最多耗时 ${wait.zh}`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: evidenceOf(stage, read),
    count: fallbacks,
    // The wait itself is told by its own rule; this says what it may come from.
    weight: weight / 2,
    values: { fallbacks, mergedBlocks, mergedBytes, savedMs: waitedMs },
  });
}

/** What the stage's tasks waited for blocks: the most that reading merged chunks could have saved. */
function waiting(run: SparkRun, index: number): { waitedMs: number; weight: number } {
  const clock = judgedClock(run);
  const rows = succeededRows(run, index);
  const waitMs = (row: number) => Math.min(run.tasks.fetchWaitMs[row] ?? 0, durationOf(run, row));
  const waitedMs = wallOf(run, rows, waitMs);
  return { waitedMs, weight: clock ? weightOf(clock, waitedMs) : 0 };
}

function evidenceOf(stage: StageFacts, { quote }: PushRead): Evidence[] {
  return quote ? spoken(quote, stage.completedAt) : stageEvidence(stage);
}
