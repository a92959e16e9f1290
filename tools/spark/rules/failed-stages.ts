import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { wasMadeGood } from '../measures/failed-for-good.ts';
import { cancelledOnPurpose, contextStopped, exceptionClassOf, firstSentence } from '../measures/failure-words.ts';
import { stageEvidence } from '../measures/spark-evidence.ts';
import { sparkFinding, stageKeys } from '../measures/spark-finding.ts';

const MAX_SINGLE = 10;

/**
 * Stage attempts that failed: symptoms. Cancelled ones, those of a stopped context and those that a later attempt made good
 * are told as what they are.
 */
export const failedStages: Rule<SparkRun> = {
  id: 'spark/failed-stages',
  area: 'spark',
  codes: [],
  apply(run) {
    const failed = run.stages.filter((stage) => stage.status === 'failed' || stage.status === 'cancelled');
    return failed.slice(0, MAX_SINGLE).map((stage) => toFinding(run, stage, failed.length));
  },
};

function toFinding(run: SparkRun, stage: StageFacts, all: number): Finding {
  const reason = stage.failureReason ?? '';
  const echo = stage.status === 'cancelled' || contextStopped(reason) || cancelledOnPurpose(reason);
  const madeGood = wasMadeGood(run, stage);
  const fetch = /FetchFailed|MetadataFetchFailed|missing an output location/i.test(reason.slice(0, 2_000));
  const exceptionClass = exceptionClassOf(reason);
  const words = firstSentence(reason) || 'no reason is given';
  const [how, howZh] = echo ? ['was cancelled', '被取消'] : ['failed', '失败'];
  const [then, thenZh] = madeGood ? ['; a later attempt succeeded', '；后来的一次尝试成功了'] : ['', ''];
  return sparkFinding(run, {
    rule: failedStages.id,
    kind: 'observed',
    symptom: 'stage_failed',
    echo,
    en: `Stage ${stage.stageId}.${stage.attempt} ${how}: ${words}${then}`,
    zh: `阶段 ${stage.stageId}.${stage.attempt} ${howZh}：${words}${thenZh}`,
    keys: { ...stageKeys(stage), ...(exceptionClass ? { exceptionClass } : {}) },
    at: stage.completedAt,
    evidence: stageEvidence(stage),
    weight: echo ? 0 : (madeGood ? 0.1 : 1) / all,
    values: {
      madeGood: String(madeGood),
      fetchFailed: String(fetch),
      failedAttempts: stage.attempts.failed,
      taskCount: stage.taskCount,
    },
  });
}
