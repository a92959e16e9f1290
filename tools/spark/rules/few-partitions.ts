import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, count, duration, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { ownRunMs } from '../measures/compare-hosts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf, succeededRows } from '../measures/run-measures.ts';
import { savedByCapping } from '../measures/saved-time.ts';
import { mostSlots } from '../measures/slots.ts';
import { keptTaskNear, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { booleanSetting, countSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * A stage has fewer tasks than half the slots, each long: cores stand idle because the data is in too few partitions. With
 * dynamic allocation the slots follow the tasks, so only partitions that are huge count there.
 */
export const fewPartitions: Rule<SparkRun> = {
  id: 'spark/few-partitions',
  area: 'spark',
  codes: ['skew.partition_sizing'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const slots = mostSlots(run);
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index, slots));
    return heaviest(
      found.filter((finding) => finding !== null),
      SPARK_THRESHOLDS.fewTasksMinWeight,
    );
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number, slots: number): Finding | null {
  const t = SPARK_THRESHOLDS;
  const rows = succeededRows(run, index);
  const tasks = rows.length;
  const medianMs = stage.durationMs?.p50 ?? 0;
  if (tasks === 0 || tasks > slots * t.fewTasksPerSlot || medianMs < t.fewTasksMinMs) return null;
  const volume = (stage.inputBytes?.sum ?? 0) + (stage.shuffleReadBytes?.sum ?? 0);
  const records = (stage.inputRecords?.sum ?? 0) + (stage.shuffleReadRecords?.sum ?? 0);
  const huge = volume / tasks >= t.hugePartitionBytes;
  const elastic = booleanSetting(run, 'spark.dynamicAllocation.enabled', false);
  if (records <= tasks || (elastic && !huge)) return null;
  const saved = savedByCapping(run, index, (row) => (durationOf(run, row) * tasks) / slots);
  const weight = weightOf(clock, saved);
  if (weight === 0) return null;
  const divisible = (stage.shuffleReadRecords?.sum ?? 0) / tasks >= t.divisibleRecords && worksItself(run, rows);
  const name = `${stage.stageId}.${stage.attempt}`;
  const [median, won] = [duration(medianMs), duration(saved)];
  const each = bytes(volume / tasks);
  return sparkFinding(run, {
    rule: fewPartitions.id,
    kind: (huge || divisible) && weight >= t.observedMinWeight ? 'observed' : 'inferred',
    code: 'skew.partition_sizing',
    symptom: 'slow',
    en: `Stage ${name} has only ${plural(tasks, 'task')} on ${plural(slots, 'slot')}, each about ${median.en} long with ${plural(Math.round(records / tasks), 'record')} (${each}); spread over all slots it would end about ${won.en} earlier`,
    zh: `阶段 ${name} 只有 ${tasks} 个任务，却有 ${slots} 个槽位；每个任务约 ${median.zh}、${count(records / tasks)} 条记录（${each}）；若分到所有槽位，约可早 ${won.zh} 结束`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...stageEvidence(stage),
      ...taskEvidence(keptTaskNear(run, stage, medianMs, (row) => durationOf(run, row))),
      ...settingEvidence(
        run,
        'spark.sql.shuffle.partitions',
        'spark.default.parallelism',
        'spark.sql.files.maxPartitionBytes',
      ),
    ],
    weight,
    values: {
      savedMs: saved,
      tasks,
      slots,
      medianTaskMs: medianMs,
      recordsPerTask: records / tasks,
      bytesPerTask: volume / tasks,
      shufflePartitions: countSetting(run, 'spark.sql.shuffle.partitions', 200),
      suggestedPartitions: Math.max(slots * 2, Math.ceil(volume / t.advisoryPartitionBytes)),
    },
  });
}

/** Whether the tasks' time is their own work and not GC, waiting for blocks or writing: only work can be divided. */
function worksItself(run: SparkRun, rows: readonly number[]): boolean {
  const own = rows.reduce((sum, row) => sum + ownRunMs(run, row), 0);
  const whole = rows.reduce((sum, row) => sum + durationOf(run, row), 0);
  return own >= whole / 2;
}
