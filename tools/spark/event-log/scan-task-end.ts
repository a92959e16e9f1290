import { type ExecutorPeaks, MAX_METRICS, takePeak } from './executor-peaks.ts';
import { internedBytes } from './interned-bytes.ts';
import {
  ACTION,
  emptyTrace,
  type LineTemplate,
  learnTemplate,
  readByTemplate,
  type StringTakers,
  type ValueTrace,
} from './line-template.ts';
import { ACCUMULABLES, actionOfKey, EXECUTOR_METRICS } from './task-end-keys.ts';
import type { TaskStrings } from './task-row-of-event.ts';
import { FIELD, finishRow } from './task-rows.ts';

/**
 * Reads the numbers of a successful task's end straight out of the bytes of its line, without building the JSON. Nearly
 * all of a log's bytes are such lines, and most of theirs the `Accumulables`, which are jumped over: they stand between
 * `"Accumulables":[` and `]},"Task ` (the next key of the event begins so in every version, 1.0 to 4.1).
 *
 * It relies on Jackson's compact form and on key names, not on the order of keys. What it does not recognise it refuses
 * (`false`), and the caller parses the line in full; one line in a thousand is parsed both ways and compared.
 */
export type TaskEndScanner = (bytes: Buffer, start: number, end: number, row: Float64Array) => boolean;

export const TASK_END_PREFIX = Buffer.from('{"Event":"SparkListenerTaskEnd",');

const END_OF_ACCUMULABLES = Buffer.from(']},"Task ');
const SUCCESS = Buffer.from('Success');
/** Forms kept of each part of a line: tasks that read a shuffle and tasks that do not differ in old versions. */
const MAX_TEMPLATES = 4;
/** A log whose lines take more forms than this has no form: templates are then no longer tried. */
const MAX_LEARNED = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Fields every task has: a line without one is left to the parser. */
const NEEDED = [FIELD.taskId, FIELD.executor, FIELD.host, FIELD.locality];

/** A scanner that puts strings into the tables given and executor metrics into `peaks`. */
export function taskEndScanner(strings: TaskStrings, peaks: ExecutorPeaks): TaskEndScanner {
  const takers: StringTakers = {
    executor: internedBytes(strings.executors),
    host: internedBytes(strings.hosts),
    locality: internedBytes(strings.localities),
    isSuccess,
  };
  const success = strings.reasons.index('Success');
  const metrics = new Float64Array(MAX_METRICS);
  let heads: LineTemplate[] = [];
  let tails: LineTemplate[] = [];
  let learned = 0;
  let searchesMissed = 0;

  return (bytes, start, end, row) => {
    clear(row);
    if (!byTemplates(bytes, start + TASK_END_PREFIX.length, end, row)) {
      clear(row);
      if (!walk(bytes, start + TASK_END_PREFIX.length, end, row)) return false;
    }
    for (let at = 0; at < NEEDED.length; at += 1) if (row[NEEDED[at] as number] === -1) return false;
    if (row[FIELD.finishedAt] === 0) row[FIELD.finishedAt] = Number.NaN;
    row[FIELD.hasMetrics] = Number.isNaN(row[FIELD.runMs]) ? 0 : 1;
    if (row[FIELD.hasMetrics] === 0) row[FIELD.runMs] = 0;
    for (let metric = 0; metric < peaks.names.texts.length && metric < MAX_METRICS; metric += 1) {
      const value = metrics[metric] as number;
      if (value > 0) takePeak(peaks, row[FIELD.executor] as number, metric, value);
    }
    finishRow(row);
    return true;
  };

  function clear(row: Float64Array): void {
    row.fill(0);
    row[FIELD.runMs] = Number.NaN;
    row[FIELD.cpuNs] = Number.NaN;
    row[FIELD.finishedAt] = Number.NaN;
    row[FIELD.launchedAt] = Number.NaN;
    row[FIELD.peakExecutionMemoryBytes] = Number.NaN;
    for (let at = 0; at < NEEDED.length; at += 1) row[NEEDED[at] as number] = -1;
    row[FIELD.reason] = success;
    metrics.fill(0);
  }

  /** Reads a line by the forms that earlier lines had: up to the accumulables, and behind them. */
  function byTemplates(bytes: Buffer, from: number, end: number, row: Float64Array): boolean {
    if (learned > MAX_LEARNED) return false;
    for (const head of heads) {
      const behind = readByTemplate(head, bytes, from, end, row, metrics, takers, FIELD);
      if (behind < 0 || bytes[behind - 1] !== OPEN_BRACKET) continue;
      const tailStart = bytes[behind] === CLOSE_BRACKET ? behind : endOfAccumulables(bytes, behind - 1, end);
      if (tailStart < 0) return false;
      for (const tail of tails) {
        if (readByTemplate(tail, bytes, tailStart, end, row, metrics, takers, FIELD) !== end) continue;
        if (bytes[end - 1] === CLOSE_BRACE) return true;
      }
      return false;
    }
    return false;
  }

  // One loop over the bytes of a line, by its keys: each call or slice in it would cost more than all the rest.
  function walk(bytes: Buffer, from: number, end: number, row: Float64Array): boolean {
    let succeeded = false;
    let depth = 1;
    let metricsDepth = 0;
    let tailStart = -1;
    let headEnd = -1;
    const head = emptyTrace();
    const tail = emptyTrace();
    let trace = head;
    let at = from;
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
      const action = actionOfKey(hash, close - key);
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
        if (digit === 0x2e || (digit | 0x20) === 0x65 || next - at > 15 || action >= ACTION.ignoredString) return false;
        if (first === MINUS) value = -value;
        let kept = action;
        if (metricsDepth > 0) {
          const metric = peaks.names.index(bytes.toString('latin1', key, close));
          kept = metric < MAX_METRICS ? ACTION.metric + metric : ACTION.ignoredNumber;
          if (metric < MAX_METRICS) metrics[metric] = value;
        } else if (kept >= 0) row[kept] = value;
        note(trace, at, next, kept);
        at = next;
      } else if (first === QUOTE) {
        close = at + 1;
        while (bytes[close] !== QUOTE) {
          if (bytes[close] === BACKSLASH || close >= end) return false;
          close += 1;
        }
        if (action === ACTION.executor) row[FIELD.executor] = takers.executor(bytes, at + 1, close);
        else if (action === ACTION.host) row[FIELD.host] = takers.host(bytes, at + 1, close);
        else if (action === ACTION.locality) row[FIELD.locality] = takers.locality(bytes, at + 1, close);
        else if (action === ACTION.reason) {
          if (!isSuccess(bytes, at + 1, close)) return false;
          succeeded = true;
        } else if (action >= 0) return false;
        note(trace, at + 1, close, action >= 0 ? action : ACTION.ignoredString);
        at = close + 1;
      } else if (action === ACCUMULABLES && first === OPEN_BRACKET && tailStart < 0) {
        headEnd = at + 1;
        tailStart = bytes[at + 1] === CLOSE_BRACKET ? at + 1 : endOfAccumulables(bytes, at, end);
        if (tailStart < 0) return false;
        depth += 1;
        trace = tail;
        at = tailStart;
      } else if (first === 0x74 || first === 0x66 || first === 0x6e) {
        let next = at;
        while ((bytes[next] as number) >= 0x61 && (bytes[next] as number) <= 0x7a) next += 1;
        if (action === ACTION.speculative) row[FIELD.speculative] = first === 0x74 ? 1 : 0;
        else if (action >= 0 && action < ACCUMULABLES) return false;
        note(trace, at, next, action === ACTION.speculative ? ACTION.speculative : ACTION.ignoredWord);
        at = next;
      } else if (action === EXECUTOR_METRICS && first === OPEN_BRACE) metricsDepth = depth + 1;
      else if (action >= 0) return false;
    }
    if (depth !== 0 || !succeeded) return false;
    // Only a line with the usual three levels open at its accumulables is a form to read others by.
    if (tailStart >= 0) learn(bytes, { from, headEnd, head, tailStart, end, tail });
    return true;
  }

  function learn(
    bytes: Buffer,
    line: { from: number; headEnd: number; head: ValueTrace; tailStart: number; end: number; tail: ValueTrace },
  ): void {
    const head = learnTemplate(bytes, line.from, line.headEnd, line.head);
    const tail = learnTemplate(bytes, line.tailStart, line.end, line.tail);
    if (head === null || tail === null) return;
    learned += 1;
    heads = [head, ...heads.filter((other) => !sameForm(other, head))].slice(0, MAX_TEMPLATES);
    tails = [tail, ...tails.filter((other) => !sameForm(other, tail))].slice(0, MAX_TEMPLATES);
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

function note(trace: ValueTrace, start: number, end: number, action: number): void {
  trace.starts.push(start);
  trace.ends.push(end);
  trace.actions.push(action);
}

function sameForm(a: LineTemplate, b: LineTemplate): boolean {
  return (
    a.restLength === b.restLength &&
    a.lengths.length === b.lengths.length &&
    a.lengths.every((length, at) => length === b.lengths[at]) &&
    a.marks.every((mark, at) => mark === b.marks[at])
  );
}

function isSuccess(bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== SUCCESS.length) return false;
  for (let at = 0; at < SUCCESS.length; at += 1) if (bytes[start + at] !== SUCCESS[at]) return false;
  return true;
}
