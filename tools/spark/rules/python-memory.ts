import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, percent } from '../../evidence/spoken-figures.ts';
import type { ExecutorFacts, SparkRun } from '../facts.ts';
import { settingSize } from '../measures/setting-size.ts';
import { settingEvidence, spoken } from '../measures/spark-evidence.ts';
import { sparkFinding } from '../measures/spark-finding.ts';
import { settingOf, sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const MIB = 1024 * 1024;
/** Spark's own floor and factor for the memory beside the heap (`spark.executor.memoryOverhead`, 2.3 to 4.0). */
const OVERHEAD_MIN_BYTES = 384 * MIB;
const OVERHEAD_FACTOR = 0.1;

/**
 * An executor was killed for memory (said so, or by signal 9) while its Python workers held more than all the memory beside
 * the heap: they are what grew. Needs the process-tree metrics (`spark.executor.processTreeMetrics.enabled`).
 */
export const pythonMemory: Rule<SparkRun> = {
  id: 'spark/python-memory',
  area: 'spark',
  codes: ['memory.python_worker'],
  apply(run) {
    return run.executors.flatMap((executor) => judge(run, executor)).slice(0, SPARK_THRESHOLDS.maxFindingsPerRule);
  },
};

function judge(run: SparkRun, executor: ExecutorFacts): Finding[] {
  const killed = executor.removalKind === 'memory_limit' || executor.exitCode === 137 || executor.exitCode === -104;
  const pythonBytes = Object.hasOwn(executor.peaks, 'ProcessTreePythonRSSMemory')
    ? (executor.peaks.ProcessTreePythonRSSMemory ?? 0)
    : 0;
  if (!killed || pythonBytes <= 0) return [];
  const heapBytes = sizeSetting(run, 'spark.executor.memory', 1024 * MIB, 'm');
  const overheadBytes =
    sizeSetting(run, 'spark.executor.memoryOverhead', Math.max(OVERHEAD_MIN_BYTES, heapBytes * OVERHEAD_FACTOR), 'm') +
    sizeSetting(run, 'spark.executor.pyspark.memory', 0, 'm');
  if (pythonBytes < overheadBytes * SPARK_THRESHOLDS.pythonOfOverhead) return [];
  const share = pythonBytes / (heapBytes + overheadBytes);
  const wanted = Math.ceil((pythonBytes * 1.25) / (64 * MIB)) * 64 * MIB;
  return [
    sparkFinding(run, {
      rule: pythonMemory.id,
      kind: 'inferred',
      code: 'memory.python_worker',
      symptom: 'executor_lost',
      en: `Python workers of executor ${executor.id} on ${executor.host} held up to ${bytes(pythonBytes)}, more than the ${bytes(overheadBytes)} beside the heap (${percent(share)} of the container), before it was killed`,
      zh: `${executor.host} 上 executor ${executor.id} 的 Python 进程被杀前最多占用 ${bytes(pythonBytes)}，超过堆外的 ${bytes(overheadBytes)}（占容器的 ${percent(share)}）`,
      keys: {
        executorId: executor.id,
        host: executor.host,
        ...(executor.containerId ? { containerId: executor.containerId } : {}),
      },
      at: executor.removedAt,
      evidence: [
        ...spoken(executor.quotes.removed, executor.removedAt),
        ...settingEvidence(
          run,
          'spark.executor.memoryOverhead',
          'spark.executor.pyspark.memory',
          'spark.executor.memory',
        ),
      ],
      weight: Math.min(1, share),
      values: {
        pythonPeakBytes: pythonBytes,
        overheadBytes,
        heapBytes,
        'spark.executor.memoryOverhead': settingSize(wanted),
        configuredOverhead: settingOf(run, 'spark.executor.memoryOverhead'),
      },
    }),
  ];
}
