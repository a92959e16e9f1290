import { stageStatusOf } from '../event-log/collect-stages.ts';
import { flagAt, type JsonObject, listAt, numberAt, objectAt, textAt, toNumber } from '../event-log/json-fields.ts';
import type { StageSummary } from '../event-log/summarise-stage.ts';
import type { Quantiles, StageFacts } from '../facts.ts';
import { type RestItem, restTime } from './rest-answers.ts';

/** A stage attempt out of `/stages`, without what its tasks tell. */
export interface RestStage {
  item: RestItem;
  stageId: number;
  attempt: number;
  /** Tasks the service says it knows: how many pages to ask for. */
  knownTasks: number;
  facts: Omit<StageFacts, keyof StageSummary | 'jobIds' | 'sqlExecutionId' | 'locality' | 'failuresByReason'>;
}

/** Stage attempts that ran or run, in the order of their submission; skipped and pending ones are left out. */
export function stagesOf(items: readonly RestItem[]): RestStage[] {
  const stages = items.flatMap((item) => {
    const stage = stageOf(item);
    return stage === null ? [] : [stage];
  });
  return stages.sort((a, b) => (a.facts.submittedAt ?? 0) - (b.facts.submittedAt ?? 0) || a.stageId - b.stageId);
}

function stageOf(item: RestItem): RestStage | null {
  const { json } = item;
  const stageId = numberAt(json, 'stageId');
  const status = textAt(json, 'status');
  if (stageId === null || status === 'SKIPPED' || status === 'PENDING') return null;
  const failureReason = textAt(json, 'failureReason');
  const quote = item.quote();
  const completedAt = restTime(json.completionTime);
  const attempt = numberAt(json, 'attemptId') ?? 0;
  const push = flagAt(json, 'isShufflePushEnabled');
  return {
    item,
    stageId,
    attempt,
    knownTasks: ['numActiveTasks', 'numCompleteTasks', 'numFailedTasks', 'numKilledTasks'].reduce(
      (total, key) => total + (numberAt(json, key) ?? 0),
      0,
    ),
    facts: {
      stageId,
      attempt,
      name: textAt(json, 'name') ?? '',
      details: (textAt(json, 'details') ?? '').slice(0, 8_192),
      parentIds: [],
      rddNames: [],
      submittedAt: restTime(json.submissionTime),
      completedAt,
      status: status === 'ACTIVE' ? 'running' : status === 'FAILED' ? stageStatusOf(failureReason ?? '') : 'succeeded',
      failureReason,
      taskCount: numberAt(json, 'numTasks') ?? 0,
      pushMerge: push === null ? null : { enabled: push, mergers: numberAt(json, 'shuffleMergersCount') ?? 0 },
      ...pushReadOf(json),
      scanTimeMs: null,
      quotes: { submitted: quote, completed: completedAt === null ? null : quote },
    },
  };
}

/** Fields of `StageData` (3.4 and later); all zero where nothing was merged. */
function pushReadOf(json: JsonObject): Pick<StageFacts, 'pushRead'> {
  const of = (key: string) => Math.max(0, numberAt(json, key) ?? 0);
  const pushRead = {
    fallbacks: of('shuffleMergedFetchFallbackCount'),
    corruptChunks: of('shuffleCorruptMergedBlockChunks'),
    mergedBlocks: of('shuffleMergedRemoteBlocksFetched') + of('shuffleMergedLocalBlocksFetched'),
    mergedBytes: of('shuffleMergedRemoteBytesRead') + of('shuffleMergedLocalBytesRead'),
  };
  return Object.values(pushRead).some((value) => value > 0) ? { pushRead: { ...pushRead, quote: null } } : {};
}

/** Attempts as the service counts them, for a stage whose tasks were not all read. */
export function attemptsOfRest(json: JsonObject): StageFacts['attempts'] {
  return {
    succeeded: numberAt(json, 'numCompleteTasks') ?? 0,
    failed: numberAt(json, 'numFailedTasks') ?? 0,
    killed: numberAt(json, 'numKilledTasks') ?? 0,
    speculative: numberAt(objectAt(json, 'speculationSummary'), 'numTasks') ?? 0,
    running: numberAt(json, 'numActiveTasks') ?? 0,
  };
}

/**
 * Quantiles of a stage by `/taskSummary`, sums by the stage's own totals. Where the quantiles asked for do not hold 0 and 1
 * (a recorded answer to the default question), the lowest and highest that are told stand for minimum and maximum.
 */
export function summaryOfRest(summary: JsonObject, stage: JsonObject): Omit<StageSummary, 'attempts' | 'hosts'> {
  const shares = listAt(summary, 'quantiles').map((share) => toNumber(share) ?? Number.NaN);
  const of = (values: readonly unknown[], sum: number | null, divisor = 1): Quantiles | null => {
    const numbers = values.map((value) => (toNumber(value) ?? Number.NaN) / divisor);
    if (numbers.length === 0 || numbers.length !== shares.length || numbers.some(Number.isNaN)) return null;
    const at = (share: number) => numbers[nearest(shares, share)] ?? 0;
    return {
      min: at(0),
      p25: at(0.25),
      p50: at(0.5),
      p75: at(0.75),
      p95: at(0.95),
      max: at(1),
      sum: (sum ?? 0) / divisor,
    };
  };
  const plain = (key: string, total: string, divisor = 1) => of(listAt(summary, key), numberAt(stage, total), divisor);
  const inner = (group: string, key: string, total: string, divisor = 1) =>
    of(listAt(objectAt(summary, group), key), numberAt(stage, total), divisor);
  return {
    durationMs: of(listAt(summary, 'duration'), null),
    runMs: plain('executorRunTime', 'executorRunTime'),
    cpuMs: plain('executorCpuTime', 'executorCpuTime', 1e6),
    gcMs: plain('jvmGcTime', 'jvmGcTime'),
    deserialiseMs: plain('executorDeserializeTime', 'executorDeserializeTime'),
    resultSerialiseMs: plain('resultSerializationTime', 'resultSerializationTime'),
    schedulerDelayMs: of(listAt(summary, 'schedulerDelay'), null),
    fetchWaitMs: inner('shuffleReadMetrics', 'fetchWaitTime', 'shuffleFetchWaitTime'),
    shuffleWriteMs: inner('shuffleWriteMetrics', 'writeTime', 'shuffleWriteTime', 1e6),
    inputBytes: inner('inputMetrics', 'bytesRead', 'inputBytes'),
    inputRecords: inner('inputMetrics', 'recordsRead', 'inputRecords'),
    outputBytes: inner('outputMetrics', 'bytesWritten', 'outputBytes'),
    outputRecords: inner('outputMetrics', 'recordsWritten', 'outputRecords'),
    shuffleReadBytes: inner('shuffleReadMetrics', 'readBytes', 'shuffleReadBytes'),
    shuffleReadRecords: inner('shuffleReadMetrics', 'readRecords', 'shuffleReadRecords'),
    shuffleWriteBytes: inner('shuffleWriteMetrics', 'writeBytes', 'shuffleWriteBytes'),
    shuffleWriteRecords: inner('shuffleWriteMetrics', 'writeRecords', 'shuffleWriteRecords'),
    memorySpilledBytes: plain('memoryBytesSpilled', 'memoryBytesSpilled'),
    diskSpilledBytes: plain('diskBytesSpilled', 'diskBytesSpilled'),
    peakExecutionMemoryBytes: plain('peakExecutionMemory', 'peakExecutionMemory'),
    resultBytes: plain('resultSize', 'resultSize'),
  };
}

function nearest(shares: readonly number[], wanted: number): number {
  let best = 0;
  shares.forEach((share, position) => {
    if (Math.abs(share - wanted) < Math.abs((shares[best] ?? 0) - wanted)) best = position;
  });
  return best;
}
