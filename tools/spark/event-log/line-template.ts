/**
 * The lines of one kind of event are the same in a log but for their values: the keys stand in the order of the version that
 * wrote them. A template holds that order as it was seen once, so that reading the next line hops from value to value
 * instead of looking at every key again.
 */
export interface LineTemplate {
  /** Bytes of fixed text in front of each value (up to and with the quote that opens a string). */
  lengths: Int32Array;
  /** What becomes of each value: see `ACTION`, or a field of the row. */
  actions: Int32Array;
  /** The first byte and the last four of each fixed text, to know it again. */
  marks: Uint8Array;
  /** Fixed bytes behind the last value. */
  restLength: number;
}

/** What becomes of a value, beside the fields of a row (numbers from 0 on). */
export const ACTION = {
  ignoredNumber: -1,
  ignoredString: 99,
  executor: 100,
  host: 101,
  locality: 102,
  reason: 103,
  /** Words (`true`, `false`, `null`). */
  ignoredWord: 109,
  speculative: 110,
  /** Executor metrics: this and the metric's index. */
  metric: 1_000,
} as const;

const MARKS = 5;
const MOST_DIGITS = 15;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where values stood in a stretch of a line that was walked key by key. */
export interface ValueTrace {
  starts: number[];
  ends: number[];
  actions: number[];
}

export function emptyTrace(): ValueTrace {
  return { starts: [], ends: [], actions: [] };
}

/** The template of `from` to `end`; `null` for a stretch without values or with fixed texts too short to know again. */
export function learnTemplate(bytes: Buffer, from: number, end: number, trace: ValueTrace): LineTemplate | null {
  const count = trace.starts.length;
  if (count === 0) return null;
  const template: LineTemplate = {
    lengths: new Int32Array(count),
    actions: Int32Array.from(trace.actions),
    marks: new Uint8Array(count * MARKS),
    restLength: end - (trace.ends[count - 1] as number),
  };
  let at = from;
  for (let value = 0; value < count; value += 1) {
    const start = trace.starts[value] as number;
    if (start - at < MARKS) return null;
    template.lengths[value] = start - at;
    template.marks[value * MARKS] = bytes[at] as number;
    for (let mark = 1; mark < MARKS; mark += 1)
      template.marks[value * MARKS + mark] = bytes[start - MARKS + mark] as number;
    at = trace.ends[value] as number;
  }
  return template;
}

/** What takes the strings of a line. */
export interface StringTakers {
  executor(bytes: Buffer, start: number, end: number): number;
  host(bytes: Buffer, start: number, end: number): number;
  locality(bytes: Buffer, start: number, end: number): number;
  isSuccess(bytes: Buffer, start: number, end: number): boolean;
}

/** Positions of the fields that strings and words go to. */
export interface StringFields {
  executor: number;
  host: number;
  locality: number;
  speculative: number;
}

/**
 * Reads the values from `from` on by a template: fields into `row`, executor metrics into `metrics`. Returns the position
 * behind the stretch, -1 when the line is not of that form; `row` and `metrics` are then partly filled.
 */
export function readByTemplate(
  template: LineTemplate,
  bytes: Buffer,
  from: number,
  end: number,
  row: Float64Array,
  metrics: Float64Array,
  strings: StringTakers,
  fields: StringFields,
): number {
  const { lengths, actions, marks } = template;
  let at = from;
  for (let value = 0; value < lengths.length; value += 1) {
    const start = at + (lengths[value] as number);
    const mark = value * MARKS;
    if (
      start >= end ||
      bytes[at] !== marks[mark] ||
      bytes[start - 1] !== marks[mark + 4] ||
      bytes[start - 2] !== marks[mark + 3] ||
      bytes[start - 3] !== marks[mark + 2] ||
      bytes[start - 4] !== marks[mark + 1]
    ) {
      return -1;
    }
    const action = actions[value] as number;
    let next = start;
    if (action < ACTION.ignoredString || action >= ACTION.metric) {
      let number = 0;
      let digit = (bytes[next] as number) - 0x30;
      while (digit >= 0 && digit <= 9) {
        number = number * 10 + digit;
        next += 1;
        digit = (bytes[next] as number) - 0x30;
      }
      // No digits (a minus sign, null), or more than a double holds exactly: the walk by keys knows what to do.
      if (next === start || next - start > MOST_DIGITS) return -1;
      if (action >= ACTION.metric) metrics[action - ACTION.metric] = number;
      else if (action >= 0) row[action] = number;
    } else if (action < ACTION.ignoredWord) {
      for (;;) {
        const letter = bytes[next] as number;
        if (letter === QUOTE) break;
        if (letter === BACKSLASH || next >= end) return -1;
        next += 1;
      }
      if (action === ACTION.executor) row[fields.executor] = strings.executor(bytes, start, next);
      else if (action === ACTION.host) row[fields.host] = strings.host(bytes, start, next);
      else if (action === ACTION.locality) row[fields.locality] = strings.locality(bytes, start, next);
      else if (action === ACTION.reason && !strings.isSuccess(bytes, start, next)) return -1;
    } else {
      while ((bytes[next] as number) >= 0x61 && (bytes[next] as number) <= 0x7a) next += 1;
      if (next === start) return -1;
      if (action === ACTION.speculative) row[fields.speculative] = bytes[start] === 0x74 ? 1 : 0;
    }
    at = next;
  }
  const behind = at + template.restLength;
  return behind > end ? -1 : behind;
}
