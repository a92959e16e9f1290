import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, percent, plural } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { settingSize } from '../measures/setting-size.ts';
import { keptTaskNear, settingEvidence, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { sizeSetting } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

const GIB = 1024 ** 3;
const LIMIT = 'spark.driver.maxResultSize';
/** Serialised answer of a task that returns nothing: metrics and accumulators only (some kilobytes). */
const EMPTY_RESULT_BYTES = 64 * 1024;

/**
 * Results sent to the driver against `spark.driver.maxResultSize` (1g by default, 0 is no limit): a stage that failed and
 * names the limit is the fact itself; one that came near it without failing is a warning.
 */
export const resultSize: Rule<SparkRun> = {
  id: 'spark/result-size',
  area: 'spark',
  codes: ['memory.result_size'],
  apply(run) {
    const limitBytes = sizeSetting(run, LIMIT, GIB);
    if (limitBytes <= 0) return [];
    return run.stages
      .flatMap((stage) => judgeStage(run, stage, limitBytes))
      .slice(0, SPARK_THRESHOLDS.maxFindingsPerRule);
  },
};

function judgeStage(run: SparkRun, stage: StageFacts, limitBytes: number): Finding[] {
  const over = stage.status === 'failed' && (stage.failureReason ?? '').includes(LIMIT);
  const results = stage.resultBytes;
  const sent = results?.sum ?? 0;
  const share = sent / limitBytes;
  const heavy = results !== null && results.p50 > EMPTY_RESULT_BYTES;
  if (!over && (share < SPARK_THRESHOLDS.resultSizeShare || !heavy)) return [];
  const wholeBytes = results ? Math.max(sent, results.p50 * stage.taskCount) : limitBytes;
  const wanted = Math.ceil(Math.max(wholeBytes, limitBytes) * 1.25);
  const name = `${stage.stageId}.${stage.attempt}`;
  const [limit, whole] = [bytes(limitBytes), bytes(wholeBytes)];
  return [
    sparkFinding(run, {
      rule: resultSize.id,
      kind: over ? 'observed' : 'inferred',
      code: 'memory.result_size',
      symptom: over ? 'stage_failed' : 'slow',
      en: over
        ? `Stage ${name} was stopped because its results pass ${LIMIT} = ${limit}; all ${plural(stage.taskCount, 'task')} would send about ${whole}`
        : `Stage ${name} sent ${bytes(sent)} of results to the driver, ${percent(share)} of ${LIMIT} = ${limit}`,
      zh: over
        ? `阶段 ${name} 被中止：结果超过 ${LIMIT} = ${limit}；全部 ${stage.taskCount} 个任务约需 ${whole}`
        : `阶段 ${name} 向驱动发送了 ${bytes(sent)} 结果，达到 ${LIMIT} = ${limit} 的 ${percent(share)}`,
      keys: stageKeys(stage),
      at: stage.completedAt,
      evidence: [
        ...stageEvidence(stage),
        ...taskEvidence(keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, (row) => run.tasks.resultBytes[row] ?? 0)),
        ...settingEvidence(run, LIMIT),
      ],
      weight: over ? 1 : 0.01,
      values: {
        limitBytes,
        sentBytes: sent,
        estimatedResultBytes: wholeBytes,
        tasks: stage.taskCount,
        [LIMIT]: settingSize(wanted),
      },
    }),
  ];
}
