import type { SparkRun, StageFacts } from '../facts.ts';
import { cancelledOnPurpose, contextStopped } from './failure-words.ts';

/** Whether a later attempt of the stage did what this one could not. */
export function wasMadeGood(run: SparkRun, stage: StageFacts): boolean {
  return run.stages.some(
    (other) => other.stageId === stage.stageId && other.attempt > stage.attempt && other.status === 'succeeded',
  );
}

/** A stage attempt that failed of itself (not cancelled, not taken down with its context) and was never made good. */
export function failedForGood(run: SparkRun, stage: StageFacts): boolean {
  const reason = stage.failureReason ?? '';
  if (stage.status !== 'failed' || contextStopped(reason) || cancelledOnPurpose(reason)) return false;
  return !wasMadeGood(run, stage);
}
