import type { StringTable } from './string-table.ts';
import {
  IGNORED,
  learnTemplate,
  METRIC,
  type NumberTrace,
  readByTemplate,
  type TailTemplate,
} from './tail-template.ts';
import type { TaskStrings } from './task-row-of-event.ts';
import { FIELD, finishRow, type TaskRowField } from './task-rows.ts';

/**
 * Reads the numbers of a successful task's end straight out of the bytes of its line, without building the JSON. Nearly
 * all of a log's bytes are such lines, and most of theirs the `Accumulables`, which are jumped over: they stand between
 * `"Accumulables":[` and `]},"Task ` (the next key of the event begins so in every version, 1.0 to 4.1).
 *
 * It relies on Jackson's compact form and on key names, not on the order of keys. What it does not recognise it refuses
 * (`false`), and the caller parses the line in full; one line in a thousand is parsed both ways and compared.
 */
export type TaskEndScanner = (bytes: Buffer, start: number, end: number, row: Float64Array) => boolean;

/** Executor metrics beyond this many names are not kept: Spark has some thirty. */
const MAX_METRICS = 64;

/** Highest executor metrics seen: by executor's index, then by the metric's index in `names`. */
export interface ExecutorPeaks {
  names: StringTable;
  byExecutor: (Float64Array | undefined)[];
}

/** Takes a metric's value into an executor's peaks. */
export function takePeak(peaks: ExecutorPeaks, executor: number, metric: number, value: number): void {
  if (!(value > 0) || metric >= MAX_METRICS) return;
  let known = peaks.byExecutor[executor];
  if (known === undefined) {
    known = new Float64Array(MAX_METRICS);
    peaks.byExecutor[executor] = known;
  }
  if (value > (known[metric] as number)) known[metric] = value;
}

export const TASK_END_PREFIX = Buffer.from('{"Event":"SparkListenerTaskEnd",');

const END_OF_ACCUMULABLES = Buffer.from(']},"Task ');
const SUCCESS = Buffer.from('Success');
/** Forms of tails kept: tasks that read a shuffle and tasks that do not differ in old versions. */
const MAX_TEMPLATES = 4;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

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

/** Fields that stand behind the accumulables: the task's metrics. */
const TAIL_FIELDS = Object.entries(NUMBERS)
  .filter(([key]) => !/^(?:Stage|Task|Index|Attempt|Launch|Finish|Getting)/.test(key))
  .map(([, field]) => FIELD[field]);

/** Fields every task has: a line without one is left to the parser. */
const NEEDED = [FIELD.taskId, FIELD.executor, FIELD.host, FIELD.locality];

const EXECUTOR = 100;
const HOST = 101;
const LOCALITY = 102;
const REASON = 103;
const SPECULATIVE = 104;
const ACCUMULABLES = 105;
const EXECUTOR_METRICS = 106;

/** Keys that need more than a number stored. */
const OTHERS: Readonly<Record<string, number>> = {
  'Executor ID': EXECUTOR,
  Host: HOST,
  Locality: LOCALITY,
  Reason: REASON,
  Speculative: SPECULATIVE,
  Accumulables: ACCUMULABLES,
  'Task Executor Metrics': EXECUTOR_METRICS,
};

const TABLE_SIZE = 4_096;
const KEY_HASHES = new Int32Array(TABLE_SIZE);
const KEY_LENGTHS = new Int32Array(TABLE_SIZE);
const KEY_ACTIONS = new Int32Array(TABLE_SIZE).fill(IGNORED);

for (const [key, action] of [
  ...Object.entries(NUMBERS).map(([name, field]) => [name, FIELD[field]] as const),
  ...Object.entries(OTHERS),
]) {
  const bytes = Buffer.from(key);
  const hash = hashOf(bytes, 0, bytes.length);
  const slot = hash & (TABLE_SIZE - 1);
  if (KEY_LENGTHS[slot] !== 0) throw new Error(`two keys in one slot: ${key}`);
  KEY_HASHES[slot] = hash;
  KEY_LENGTHS[slot] = bytes.length;
  KEY_ACTIONS[slot] = action;
}

/** A scanner that puts strings into the tables given and executor metrics into `peaks`. */
export function taskEndScanner(strings: TaskStrings, peaks: ExecutorPeaks): TaskEndScanner {
  const executors = internedBytes(strings.executors);
  const hosts = internedBytes(strings.hosts);
  const localities = internedBytes(strings.localities);
  const success = strings.reasons.index('Success');
  const metrics = new Float64Array(MAX_METRICS);
  let templates: TailTemplate[] = [];
  let searchesMissed = 0;

  return (bytes, start, end, row) => {
    row.fill(0);
    row[FIELD.cpuNs] = Number.NaN;
    row[FIELD.finishedAt] = Number.NaN;
    row[FIELD.launchedAt] = Number.NaN;
    row[FIELD.peakExecutionMemoryBytes] = Number.NaN;
    for (let at = 0; at < NEEDED.length; at += 1) row[NEEDED[at] as number] = -1;
    row[FIELD.reason] = success;
    metrics.fill(0);
    if (!walk(bytes, start, end, row)) return false;
    for (let at = 0; at < NEEDED.length; at += 1) if (row[NEEDED[at] as number] === -1) return false;
    if (row[FIELD.finishedAt] === 0) row[FIELD.finishedAt] = Number.NaN;
    for (let metric = 0; metric < peaks.names.texts.length && metric < MAX_METRICS; metric += 1) {
      const value = metrics[metric] as number;
      if (value > 0) takePeak(peaks, row[FIELD.executor] as number, metric, value);
    }
    finishRow(row);
    return true;
  };

  // One loop over the bytes of a line: each call or slice in it would cost more than all the rest.
  function walk(bytes: Buffer, start: number, end: number, row: Float64Array): boolean {
    let succeeded = false;
    let depth = 1;
    let metricsDepth = 0;
    let tail = -1;
    let trace: NumberTrace | null = null;
    let at = start + TASK_END_PREFIX.length;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte !== QUOTE) {
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
          if (depth === metricsDepth) metricsDepth = 0;
          depth -= 1;
        }
        at += 1;
        continue;
      }
      let hash = 7;
      let close = at + 1;
      for (;;) {
        const letter = bytes[close] as number;
        if (letter === QUOTE) break;
        if (letter === BACKSLASH || close >= end) return false;
        hash = (hash * 31 + letter) | 0;
        close += 1;
      }
      if (bytes[close + 1] !== COLON) {
        at = close + 1;
        continue;
      }
      const key = at + 1;
      const slot = hash & (TABLE_SIZE - 1);
      const action =
        KEY_HASHES[slot] === hash && KEY_LENGTHS[slot] === close - key ? (KEY_ACTIONS[slot] as number) : IGNORED;
      at = close + 2;
      const first = bytes[at] as number;
      if ((first >= 0x30 && first <= 0x39) || first === MINUS) {
        let value = 0;
        let next = first === MINUS ? at + 1 : at;
        let digit = bytes[next] as number;
        while (digit >= 0x30 && digit <= 0x39) {
          value = value * 10 + (digit - 0x30);
          next += 1;
          digit = bytes[next] as number;
        }
        // A fraction, an exponent or more digits than a double holds exactly: leave it to the JSON parser.
        if (digit === 0x2e || (digit | 0x20) === 0x65 || next - at > 15) return false;
        if (action >= EXECUTOR) return false;
        if (first === MINUS) value = -value;
        let kept = action;
        if (metricsDepth > 0) {
          const metric = peaks.names.index(bytes.toString('latin1', key, close));
          kept = metric < MAX_METRICS ? METRIC + metric : IGNORED;
          if (metric < MAX_METRICS) metrics[metric] = value;
        } else if (kept >= 0) row[kept] = value;
        if (kept === FIELD.runMs) row[FIELD.hasMetrics] = 1;
        if (trace !== null) {
          trace.starts.push(at);
          trace.ends.push(next);
          trace.actions.push(kept);
        }
        at = next;
      } else if (first === QUOTE) {
        close = at + 1;
        while (bytes[close] !== QUOTE) {
          if (bytes[close] === BACKSLASH || close >= end) return false;
          close += 1;
        }
        if (action === EXECUTOR) row[FIELD.executor] = executors(bytes, at + 1, close);
        else if (action === HOST) row[FIELD.host] = hosts(bytes, at + 1, close);
        else if (action === LOCALITY) row[FIELD.locality] = localities(bytes, at + 1, close);
        else if (action === REASON) {
          if (!isSuccess(bytes, at + 1, close)) return false;
          succeeded = true;
        } else if (action >= 0) return false;
        at = close + 1;
      } else if (action === ACCUMULABLES && first === OPEN_BRACKET && tail < 0) {
        tail = bytes[at + 1] === CLOSE_BRACKET ? at + 1 : endOfAccumulables(bytes, at, end);
        if (tail < 0) return false;
        depth += 1;
        // Behind the accumulables: three levels are open, and all that is left are numbers under known keys.
        if (depth === 3 && succeeded && readTail(bytes, tail, end, row)) return true;
        trace = { starts: [], ends: [], actions: [] };
        at = tail;
      } else if (action === EXECUTOR_METRICS && first === OPEN_BRACE) {
        metricsDepth = depth + 1;
      } else if (action === SPECULATIVE) row[FIELD.speculative] = first === 0x74 ? 1 : 0;
      else if (action >= 0) return false;
    }
    if (depth !== 0 || !succeeded) return false;
    if (trace !== null) learn(bytes, tail, end, trace);
    return true;
  }

  function readTail(bytes: Buffer, from: number, end: number, row: Float64Array): boolean {
    for (let at = 0; at < templates.length; at += 1) {
      const template = templates[at] as TailTemplate;
      if (!readByTemplate(template, bytes, from, end, row, metrics)) {
        clearTail(row);
        continue;
      }
      row[FIELD.hasMetrics] = template.hasRunTime ? 1 : 0;
      if (at > 0) templates = [template, ...templates.filter((other) => other !== template)];
      return true;
    }
    return false;
  }

  /** Takes back what a template that did not fit has written. */
  function clearTail(row: Float64Array): void {
    metrics.fill(0);
    for (let at = 0; at < TAIL_FIELDS.length; at += 1) row[TAIL_FIELDS[at] as number] = 0;
    row[FIELD.cpuNs] = Number.NaN;
    row[FIELD.peakExecutionMemoryBytes] = Number.NaN;
  }

  function learn(bytes: Buffer, from: number, end: number, trace: NumberTrace): void {
    const template = learnTemplate(bytes, from, end, trace, FIELD.runMs);
    if (template !== null) templates = [template, ...templates].slice(0, MAX_TEMPLATES);
  }

  /**
   * Where the accumulables end, -1 when not within the line. Searching goes on behind the line when they do not, so after a
   * few such lines it is bounded by a view of the line, which costs more than finding.
   */
  function endOfAccumulables(bytes: Buffer, from: number, end: number): number {
    if (searchesMissed > 20) {
      const found = bytes.subarray(from, end).indexOf(END_OF_ACCUMULABLES);
      return found < 0 ? -1 : from + found;
    }
    const found = bytes.indexOf(END_OF_ACCUMULABLES, from);
    if (found >= 0 && found < end) return found;
    searchesMissed += 1;
    return -1;
  }
}

function isSuccess(bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== SUCCESS.length) return false;
  for (let at = 0; at < SUCCESS.length; at += 1) if (bytes[start + at] !== SUCCESS[at]) return false;
  return true;
}

/** Position of a byte range in a table of strings, without making a string for one that was seen before. */
function internedBytes(table: StringTable): (bytes: Buffer, start: number, end: number) => number {
  const seen = new Map<number, { bytes: Buffer; index: number }>();
  return (bytes, start, end) => {
    const hash = hashOf(bytes, start, end) & 0x3fffffff;
    const known = seen.get(hash);
    if (known !== undefined && known.bytes.length === end - start) {
      let at = 0;
      while (at < known.bytes.length && known.bytes[at] === bytes[start + at]) at += 1;
      if (at === known.bytes.length) return known.index;
    }
    const index = table.index(bytes.toString('utf8', start, end));
    seen.set(hash, { bytes: Buffer.from(bytes.subarray(start, end)), index });
    return index;
  };
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 7;
  for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] as number)) | 0;
  return hash;
}
