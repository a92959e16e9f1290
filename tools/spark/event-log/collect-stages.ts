import type { Quote } from '../../evidence/quote.ts';
import type { PushRead, StageFacts } from '../facts.ts';
import { boundedRoom, MOST_ACCUMULATORS } from './bounded-room.ts';
import { type EventLine, quoteFrom, quoteLine } from './event-line.ts';
import type { FailureTexts } from './failure-texts.ts';
import {
  flagAt,
  isObject,
  type JsonObject,
  listAt,
  numberAt,
  numbersOf,
  objectAt,
  textAt,
  toNumber,
} from './json-fields.ts';

const MAX_DETAILS = 8_192;
const MAX_RDD_NAMES = 100;

/** One stage attempt as its own events tell it, without what its tasks tell. */
export interface StageRecord {
  stageId: number;
  attempt: number;
  name: string;
  details: string;
  parentIds: number[];
  rddNames: string[];
  submittedAt: number | null;
  completedAt: number | null;
  status: StageFacts['status'];
  failureReason: string | null;
  taskCount: number;
  sqlExecutionId: number | null;
  pushMerge: StageFacts['pushMerge'];
  pushRead?: PushRead;
  scanTime: { accumulatorId: number; value: number }[];
  submitted: Quote | null;
  completed: Quote | null;
}

/** What StageSubmitted and StageCompleted tell, and the final values of SQL accumulators they carry. */
export interface StageCollector {
  submitted(event: JsonObject, line: EventLine): void;
  completed(event: JsonObject, line: EventLine): void;
  /** Latest total of each accumulator that a completed stage told. */
  readonly accumulators: ReadonlyMap<number, number>;
  /** A total told otherwise (last task of a stage that never completed). */
  accumulator(id: number, value: number): void;
  readonly stages: readonly StageRecord[];
  /** Events of stages that found no room. */
  leftOut(): number;
}

export function collectStages(failures: FailureTexts): StageCollector {
  const stages: StageRecord[] = [];
  const byKey = new Map<string, StageRecord>();
  const accumulators = new Map<number, number>();
  const room = boundedRoom();

  function stage(info: JsonObject): StageRecord | null {
    const stageId = numberAt(info, 'Stage ID');
    if (stageId === null) return null;
    const attempt = numberAt(info, 'Stage Attempt ID') ?? 0;
    const key = `${stageId}.${attempt}`;
    const known = byKey.get(key);
    if (known) return known;
    if (!room.take()) return null;
    const made = newStage(info, stageId, attempt);
    byKey.set(key, made);
    stages.push(made);
    return made;
  }

  function submitted(event: JsonObject, line: EventLine): void {
    const info = objectAt(event, 'Stage Info');
    const record = info === null ? null : stage(info);
    if (info === null || record === null) return;
    record.submittedAt = numberAt(info, 'Submission Time') ?? record.submittedAt;
    record.sqlExecutionId = toNumber(objectAt(event, 'Properties')?.['spark.sql.execution.id']);
    record.submitted = quoteLine(line);
  }

  function completed(event: JsonObject, line: EventLine): void {
    const info = objectAt(event, 'Stage Info');
    const record = info === null ? null : stage(info);
    if (info === null || record === null) return;
    record.submittedAt = numberAt(info, 'Submission Time') ?? record.submittedAt;
    record.completedAt = numberAt(info, 'Completion Time');
    record.failureReason = textAt(info, 'Failure Reason');
    record.status = stageStatusOf(record.failureReason);
    record.taskCount = numberAt(info, 'Number of Tasks') ?? record.taskCount;
    record.pushMerge = pushMergeOf(info) ?? record.pushMerge;
    record.completed = record.failureReason === null ? quoteLine(line) : quoteFrom(line, '"Submission Time"');
    readAccumulators(info, record);
    const pushRead = pushReadOf(listAt(info, 'Accumulables'));
    if (pushRead) record.pushRead = { ...pushRead, quote: pushQuote(pushRead, line) };
    if (record.failureReason === null) return;
    failures.add({
      text: record.failureReason,
      at: record.completedAt,
      level: record.status === 'failed' ? 'error' : 'warn',
      keys: { stageId: record.stageId, stageAttempt: record.attempt },
      quote: quoteFrom(line, '"Failure Reason"'),
    });
  }

  function readAccumulators(info: JsonObject, record: StageRecord): void {
    for (const entry of listAt(info, 'Accumulables')) {
      if (!isObject(entry)) continue;
      const id = numberAt(entry, 'ID');
      const value = numberAt(entry, 'Value');
      const name = textAt(entry, 'Name') ?? '';
      if (id === null || value === null || name.startsWith('internal.metrics.')) continue;
      const before = accumulators.get(id) ?? 0;
      if (name === 'scan time') record.scanTime.push({ accumulatorId: id, value: Math.max(0, value - before) });
      keepTotal(id, value);
    }
  }

  function keepTotal(id: number, value: number): void {
    if (accumulators.size < MOST_ACCUMULATORS || accumulators.has(id)) accumulators.set(id, value);
  }

  return {
    submitted,
    completed,
    accumulators,
    accumulator: keepTotal,
    stages,
    leftOut: room.refused,
  };
}

function newStage(info: JsonObject, stageId: number, attempt: number): StageRecord {
  return {
    stageId,
    attempt,
    name: textAt(info, 'Stage Name') ?? '',
    details: (textAt(info, 'Details') ?? '').slice(0, MAX_DETAILS),
    parentIds: numbersOf(listAt(info, 'Parent IDs')),
    rddNames: rddNamesOf(info),
    submittedAt: null,
    completedAt: null,
    status: 'running',
    failureReason: null,
    taskCount: numberAt(info, 'Number of Tasks') ?? 0,
    sqlExecutionId: null,
    pushMerge: pushMergeOf(info),
    scanTime: [],
    submitted: null,
    completed: null,
  };
}

function rddNamesOf(info: JsonObject): string[] {
  const rdds = listAt(info, 'RDD Info').slice(0, MAX_RDD_NAMES);
  return rdds.map((rdd) => (isObject(rdd) ? (textAt(rdd, 'Name') ?? '').slice(0, 500) : ''));
}

const PUSH_READ = 'internal.metrics.shuffle.push.read.';

/** The stage's own counters of merged reads, of which a stage without any has none (InternalAccumulator, 3.2 to 4.1). */
function pushReadOf(accumulables: readonly unknown[]): Omit<PushRead, 'quote'> | null {
  const read = { fallbacks: 0, corruptChunks: 0, mergedBlocks: 0, mergedBytes: 0 };
  for (const entry of accumulables) {
    if (!isObject(entry)) continue;
    const name = textAt(entry, 'Name') ?? '';
    const value = numberAt(entry, 'Value') ?? 0;
    if (!name.startsWith(PUSH_READ) || value <= 0) continue;
    const metric = name.slice(PUSH_READ.length);
    if (metric === 'mergedFetchFallbackCount') read.fallbacks += value;
    else if (metric === 'corruptMergedBlockChunks') read.corruptChunks += value;
    else if (/^(?:local|remote)MergedBlocksFetched$/.test(metric)) read.mergedBlocks += value;
    else if (/^(?:local|remote)MergedBytesRead$/.test(metric)) read.mergedBytes += value;
  }
  return Object.values(read).some((value) => value > 0) ? read : null;
}

function pushQuote({ corruptChunks, fallbacks }: Omit<PushRead, 'quote'>, line: EventLine): PushRead['quote'] {
  if (corruptChunks > 0) return quoteFrom(line, `"${PUSH_READ}corruptMergedBlockChunks"`);
  return fallbacks > 0 ? quoteFrom(line, `"${PUSH_READ}mergedFetchFallbackCount"`) : null;
}

function pushMergeOf(info: JsonObject): StageFacts['pushMerge'] {
  const enabled = flagAt(info, 'Shuffle Push Enabled');
  return enabled === null ? null : { enabled, mergers: numberAt(info, 'Shuffle Push Mergers Count') ?? 0 };
}

/**
 * A stage that carries a reason did not finish; `cancelled` when it was stopped on purpose: adaptive re-planning, a cancelled
 * job, another stage's failure (DAGScheduler 1.6–4.1). A context that was shut down is no purpose of the stage: `failed`.
 */
export function stageStatusOf(failureReason: string | null): StageFacts['status'] {
  if (failureReason === null) return 'succeeded';
  const head = failureReason.slice(0, 500);
  if (/SparkContext was shut ?down|SparkContext (?:has been|was) (?:shut ?down|stopped)/.test(head)) return 'failed';
  return /^(?:Stage (?:\d{1,9} )?(?:was )?cancell?ed|Job (?:\d{1,9} )?(?:was )?cancell?ed|Cancell?ed)/i.test(head)
    ? 'cancelled'
    : 'failed';
}
