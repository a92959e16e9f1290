import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration, percent } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { cpuMsOf, ownRunMs } from '../measures/compare-hosts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, succeededRows, wallOf } from '../measures/run-measures.ts';
import { keptTaskNear, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * Scan tasks spend their time in the scan (its own metric says so) and not on the CPU: they wait for what they read. Which
 * of disk, name node, cache or object store makes them wait, other areas know; this is a symptom for them to explain.
 */
export const slowInput: Rule<SparkRun> = {
  id: 'spark/slow-input',
  area: 'spark',
  codes: [],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(
      found.filter((finding) => finding !== null),
      SPARK_THRESHOLDS.inputWaitMinWeight,
    );
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const t = SPARK_THRESHOLDS;
  const rows = succeededRows(run, index).filter((row) => cpuMsOf(run, row) !== null);
  const ran = rows.reduce((sum, row) => sum + (run.tasks.runMs[row] ?? 0), 0);
  const waits = (row: number) => Math.max(0, ownRunMs(run, row) - (cpuMsOf(run, row) ?? 0));
  const waited = Math.min(
    rows.reduce((sum, row) => sum + waits(row), 0),
    stage.scanTimeMs ?? 0,
  );
  const share = ran > 0 ? waited / ran : 0;
  if (share < t.inputWaitShare) return null;
  const wall = wallOf(run, rows, (row) => (run.tasks.runMs[row] ?? 0) * share);
  const weight = weightOf(clock, wall);
  if (weight === 0) return null;
  const name = `${stage.stageId}.${stage.attempt}`;
  const [all, scan] = [duration(ran), duration(waited)];
  const size = bytes(stage.inputBytes?.sum ?? 0);
  const median = duration(stage.durationMs?.p50 ?? 0);
  return sparkFinding(run, {
    rule: slowInput.id,
    kind: 'inferred',
    symptom: 'slow',
    en: `Tasks of stage ${name} wait for their input: of ${all.en} run time ${scan.en} (${percent(share)}) pass in the scan without CPU, for ${size} (median task ${median.en})`,
    zh: `阶段 ${name} 的任务在等输入：运行时间 ${all.zh}中有 ${scan.zh}（${percent(share)}）花在扫描上却没有用 CPU，只读了 ${size}（中位任务 ${median.zh}）`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...stageEvidence(stage),
      ...taskEvidence(keptTaskNear(run, stage, stage.durationMs?.p50 ?? 0, (row) => durationOf(run, row))),
    ],
    weight,
    values: {
      savedMs: wall,
      inputWaitMs: waited,
      scanTimeMs: stage.scanTimeMs,
      runMs: ran,
      inputBytes: stage.inputBytes?.sum,
      bytesPerSecond: waited > 0 ? (stage.inputBytes?.sum ?? 0) / (waited / 1000) : null,
    },
  });
}
