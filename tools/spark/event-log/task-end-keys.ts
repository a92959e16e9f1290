import { hashOfBytes } from './hash-of-bytes.ts';
import { ACTION } from './line-template.ts';
import { FIELD, type TaskRowField } from './task-rows.ts';

/** Number fields by their key; each key stands once in an event, in whatever object. */
const NUMBERS: Readonly<Record<string, TaskRowField>> = {
  'Stage ID': 'stageId',
  'Stage Attempt ID': 'stageAttempt',
  'Task ID': 'taskId',
  Index: 'index',
  Attempt: 'attempt',
  'Launch Time': 'launchedAt',
  'Finish Time': 'finishedAt',
  'Getting Result Time': 'gettingResultAt',
  'Executor Run Time': 'runMs',
  'Executor CPU Time': 'cpuNs',
  'JVM GC Time': 'gcMs',
  'Executor Deserialize Time': 'deserialiseMs',
  'Result Serialization Time': 'resultSerialiseMs',
  'Result Size': 'resultBytes',
  'Memory Bytes Spilled': 'memorySpilledBytes',
  'Disk Bytes Spilled': 'diskSpilledBytes',
  'Peak Execution Memory': 'peakExecutionMemoryBytes',
  'Fetch Wait Time': 'fetchWaitMs',
  'Remote Bytes Read': 'remoteBytes',
  'Local Bytes Read': 'localBytes',
  'Total Records Read': 'shuffleReadRecords',
  'Shuffle Bytes Written': 'shuffleWriteBytes',
  'Shuffle Write Time': 'shuffleWriteNs',
  'Shuffle Records Written': 'shuffleWriteRecords',
  'Bytes Read': 'inputBytes',
  'Records Read': 'inputRecords',
  'Bytes Written': 'outputBytes',
  'Records Written': 'outputRecords',
};

export const ACCUMULABLES = 200;
export const EXECUTOR_METRICS = 201;

/** Keys that need more than a number stored. */
const OTHERS: Readonly<Record<string, number>> = {
  'Executor ID': ACTION.executor,
  Host: ACTION.host,
  Locality: ACTION.locality,
  Reason: ACTION.reason,
  Speculative: ACTION.speculative,
  Accumulables: ACCUMULABLES,
  'Task Executor Metrics': EXECUTOR_METRICS,
};

const TABLE_SIZE = 4_096;
const KEY_HASHES = new Int32Array(TABLE_SIZE);
const KEY_LENGTHS = new Int32Array(TABLE_SIZE);
const KEY_ACTIONS = new Int32Array(TABLE_SIZE).fill(ACTION.ignoredNumber);

for (const [key, action] of [
  ...Object.entries(NUMBERS).map(([name, field]) => [name, FIELD[field]] as const),
  ...Object.entries(OTHERS),
]) {
  const bytes = Buffer.from(key);
  const hash = hashOfBytes(bytes, 0, bytes.length);
  const slot = hash & (TABLE_SIZE - 1);
  if (KEY_LENGTHS[slot] !== 0) throw new Error(`two keys in one slot: ${key}`);
  KEY_HASHES[slot] = hash;
  KEY_LENGTHS[slot] = bytes.length;
  KEY_ACTIONS[slot] = action;
}

/** What becomes of the value under a key, by the key's hash (`hash * 31 + letter` from 7 on) and length. */
export function actionOfKey(hash: number, length: number): number {
  const slot = hash & (TABLE_SIZE - 1);
  const known = KEY_HASHES[slot] === hash && KEY_LENGTHS[slot] === length;
  return known ? (KEY_ACTIONS[slot] as number) : ACTION.ignoredNumber;
}
