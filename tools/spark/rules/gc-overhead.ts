import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration, percent } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { largest } from '../measures/extent.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { succeededRows, wallOf } from '../measures/run-measures.ts';
import { settingSize } from '../measures/setting-size.ts';
import { keptTaskNear, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const MIB = 1024 * 1024;

/**
 * Tasks spend much of their run time in garbage collection. A busy CPU stretches collecting and computing alike, so the
 * share stays a sign of the heap. GC time may exceed run time in tiny tasks (pauses that began before): it is clipped.
 */
export const gcOverhead: Rule<SparkRun> = {
  id: 'spark/gc-overhead',
  area: 'spark',
  codes: ['memory.gc_overhead'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const found = run.stages.map((stage, index) => judgeStage(run, clock, stage, index));
    return heaviest(found.filter((finding) => finding !== null));
  },
};

function judgeStage(run: SparkRun, clock: RunClock, stage: StageFacts, index: number): Finding | null {
  const rows = succeededRows(run, index);
  const gcMs = (row: number) => Math.min(run.tasks.gcMs[row] ?? 0, run.tasks.runMs[row] ?? 0);
  const gc = rows.reduce((sum, row) => sum + gcMs(row), 0);
  const ran = rows.reduce((sum, row) => sum + (run.tasks.runMs[row] ?? 0), 0);
  const share = ran > 0 ? gc / ran : 0;
  const wall = wallOf(run, rows, gcMs);
  const weight = weightOf(clock, wall);
  if (share < SPARK_THRESHOLDS.gcShare || wall < SPARK_THRESHOLDS.gcMinMs || weight === 0) return null;
  return toFinding(run, stage, { gc, ran, share, wall, weight, gcMs });
}

interface GcFigures {
  gc: number;
  ran: number;
  share: number;
  wall: number;
  weight: number;
  gcMs: (row: number) => number;
}

function toFinding(run: SparkRun, stage: StageFacts, figures: GcFigures): Finding {
  const name = `${stage.stageId}.${stage.attempt}`;
  const [gc, ran] = [duration(figures.gc), duration(figures.ran)];
  const local = run.application.platform === 'local';
  const key = local ? 'spark.driver.memory' : 'spark.executor.memory';
  const heapBytes = sizeSetting(run, key, 1024 * MIB, 'm');
  const peakBytes = highestPeak(run, 'JVMHeapMemory');
  const full = peakBytes !== null && peakBytes >= heapBytes * SPARK_THRESHOLDS.heapFullShare;
  const expense = figures.weight >= SPARK_THRESHOLDS.observedMinWeight;
  const wanted = suggestedHeap(heapBytes, figures.share);
  const peak = peakBytes === null ? '' : ` (heap in use at most ${bytes(peakBytes)} of ${bytes(heapBytes)})`;
  const peakZh = peakBytes === null ? '' : `（堆最多用到 ${bytes(heapBytes)} 中的 ${bytes(peakBytes)}）`;
  return sparkFinding(run, {
    rule: gcOverhead.id,
    kind: expense && (figures.share >= SPARK_THRESHOLDS.gcObservedShare || full) ? 'observed' : 'inferred',
    code: 'memory.gc_overhead',
    symptom: 'slow',
    en: `Garbage collection takes ${gc.en} of the ${ran.en} that the tasks of stage ${name} run (${percent(figures.share)})${peak}`,
    zh: `阶段 ${name} 的任务运行 ${ran.zh}，其中垃圾回收占 ${gc.zh}（${percent(figures.share)}）${peakZh}`,
    keys: stageKeys(stage),
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...taskEvidence(keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, figures.gcMs)),
      ...stageEvidence(stage),
      ...settingEvidence(run, key, 'spark.executor.cores'),
    ],
    weight: figures.weight,
    values: {
      savedMs: figures.wall,
      gcMs: figures.gc,
      runMs: figures.ran,
      gcShare: figures.share,
      heapBytes,
      peakHeapBytes: peakBytes,
      [key]: settingSize(wanted),
      suggestedHeapBytes: wanted,
    },
  });
}

/** Highest value of an executor metric over all executors, `null` when none was reported. */
function highestPeak(run: SparkRun, name: string): number | null {
  const peaks = run.executors.flatMap(({ peaks }) => (Object.hasOwn(peaks, name) ? [peaks[name] ?? 0] : []));
  const highest = largest(peaks);
  return highest > 0 ? highest : null;
}

/** Half the run time in GC means that the live data leaves no room: twice the heap; else half as much again. Even MiB. */
function suggestedHeap(heapBytes: number, share: number): number {
  const factor = share >= 0.5 ? 2 : 1.5;
  return Math.ceil((heapBytes * factor) / (64 * MIB)) * 64 * MIB;
}
