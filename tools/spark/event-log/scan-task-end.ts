import type { TaskStrings } from './task-row-of-event.ts';
import { FIELD, type StringTable, type TaskRowField } from './task-rows.ts';

/**
 * Reads the numbers of a successful task's end straight out of the bytes of its line, without building the JSON. Nearly
 * all of a log's bytes are such lines, and most of theirs the `Accumulables`, which are jumped over: they stand between
 * `"Accumulables":[` and `]},"Task ` (the next key of the event begins so in every version, 1.0 to 4.1).
 *
 * It relies on Jackson's compact form and on key names, not on the order of keys. What it does not recognise it refuses
 * (`false`), and the caller parses the line in full; one line in a thousand is parsed both ways and compared.
 */
export type TaskEndScanner = (bytes: Buffer, start: number, end: number, row: Float64Array) => boolean;

/** Highest executor metrics seen by the scanner: by executor's index, then by the metric's index. */
export interface ScannedPeaks {
  names: StringTable;
  byExecutor: (Float64Array | undefined)[];
}

export const TASK_END_PREFIX = Buffer.from('{"Event":"SparkListenerTaskEnd",');

const END_OF_ACCUMULABLES = Buffer.from(']},"Task ');
const SUCCESS = Buffer.from('Success');
const MAX_METRICS = 64;

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

const EXECUTOR = 100;
const HOST = 101;
const LOCALITY = 102;
const REASON = 103;
const SPECULATIVE = 104;
const ACCUMULABLES = 105;
const EXECUTOR_METRICS = 106;
const PUSH_SHUFFLE = 107;
const IGNORED = -1;

/** Keys that need more than a number stored. */
const OTHERS: Readonly<Record<string, number>> = {
  'Executor ID': EXECUTOR,
  Host: HOST,
  Locality: LOCALITY,
  Reason: REASON,
  Speculative: SPECULATIVE,
  Accumulables: ACCUMULABLES,
  'Task Executor Metrics': EXECUTOR_METRICS,
  'Push Based Shuffle': PUSH_SHUFFLE,
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
export function taskEndScanner(strings: TaskStrings, peaks: ScannedPeaks): TaskEndScanner {
  const executors = internedBytes(strings.executors);
  const hosts = internedBytes(strings.hosts);
  const localities = internedBytes(strings.localities);
  const metrics = internedBytes(peaks.names);
  const success = strings.reasons.index('Success');
  let zeroMetrics = Buffer.alloc(0);
  let searchesMissed = 0;

  return (bytes, start, end, row) => {
    row.fill(0);
    row[FIELD.cpuNs] = Number.NaN;
    row[FIELD.finishedAt] = Number.NaN;
    row[FIELD.launchedAt] = Number.NaN;
    row[FIELD.peakExecutionMemoryBytes] = Number.NaN;
    row[FIELD.taskId] = -1;
    row[FIELD.reason] = success;
    let succeeded = false;
    let depth = 1;
    let at = start + TASK_END_PREFIX.length;
    while (at < end) {
      const byte = bytes[at] as number;
      if (byte !== QUOTE) {
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
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
      const slot = hash & (TABLE_SIZE - 1);
      const action =
        KEY_HASHES[slot] === hash && KEY_LENGTHS[slot] === close - at - 1 ? (KEY_ACTIONS[slot] as number) : IGNORED;
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
        if (action >= 0 && action < EXECUTOR) {
          row[action] = first === MINUS ? -value : value;
          if (action === FIELD.runMs) row[FIELD.hasMetrics] = 1;
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
          if (close - at - 1 !== SUCCESS.length || bytes.compare(SUCCESS, 0, SUCCESS.length, at + 1, close) !== 0)
            return false;
          succeeded = true;
        } else if (action >= 0) return false;
        at = close + 1;
      } else if (action === ACCUMULABLES && first === OPEN_BRACKET) {
        if (bytes[at + 1] === CLOSE_BRACKET) at += 2;
        else {
          const found = endOfAccumulables(bytes, at, end);
          if (found < 0) return false;
          at = found + 1;
        }
      } else if (action === EXECUTOR_METRICS && first === OPEN_BRACE) {
        const zeros = zeroMetrics.length;
        if (zeros > 0 && at + zeros < end && bytes.compare(zeroMetrics, 0, zeros, at, at + zeros) === 0) at += zeros;
        else {
          const metricsEnd = bytes.indexOf(CLOSE_BRACE, at);
          if (metricsEnd < 0 || metricsEnd >= end) return false;
          if (!readMetrics(bytes, at + 1, metricsEnd, row[FIELD.executor] as number)) {
            zeroMetrics = Buffer.from(bytes.subarray(at, metricsEnd + 1));
          }
          at = metricsEnd + 1;
        }
      } else if (action === PUSH_SHUFFLE && first === OPEN_BRACE) {
        const skipped = bytes.indexOf(CLOSE_BRACE, at);
        if (skipped < 0 || skipped >= end) return false;
        at = skipped + 1;
      } else if (action === SPECULATIVE) {
        row[FIELD.speculative] = first === 0x74 ? 1 : 0;
      } else if (action >= 0) return false;
    }
    if (depth !== 0 || !succeeded || row[FIELD.taskId] === -1) return false;
    if (row[FIELD.finishedAt] === 0) row[FIELD.finishedAt] = Number.NaN;
    return true;
  };

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

  /** Takes the metrics of one task into its executor's peaks; `false` when all are zero. */
  function readMetrics(bytes: Buffer, start: number, end: number, executor: number): boolean {
    let any = false;
    let at = start;
    while (at < end) {
      if (bytes[at] !== QUOTE) {
        at += 1;
        continue;
      }
      const close = bytes.indexOf(QUOTE, at + 1);
      if (close < 0 || close >= end) break;
      let value = 0;
      let next = close + 2;
      while (next < end && (bytes[next] as number) >= 0x30 && (bytes[next] as number) <= 0x39) {
        value = value * 10 + ((bytes[next] as number) - 0x30);
        next += 1;
      }
      if (value > 0) {
        any = true;
        const metric = metrics(bytes, at + 1, close);
        let known = peaks.byExecutor[executor];
        if (known === undefined) {
          known = new Float64Array(MAX_METRICS);
          peaks.byExecutor[executor] = known;
        }
        if (metric < MAX_METRICS && value > (known[metric] as number)) known[metric] = value;
      }
      at = next;
    }
    return any;
  }
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
