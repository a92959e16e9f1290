/**
 * The end of a TaskEnd line, behind its accumulables, is the same in every line of a log but for its numbers: the keys of
 * `Task Executor Metrics` and `Task Metrics` in the order of the version that wrote it. A template holds that order as it was
 * seen once, so that reading the next line hops from number to number instead of looking at every key again.
 */
export interface TailTemplate {
  /** Bytes of fixed text in front of each number. */
  lengths: Int32Array;
  /** What becomes of each number: a field of the row, `METRIC` + its index, or `IGNORED`. */
  actions: Int32Array;
  /** The first byte and the last four of each fixed text, to know it again. */
  marks: Uint8Array;
  /** Fixed bytes behind the last number. */
  restLength: number;
  /** The tail holds the attempt's run time, so it carries metrics. */
  hasRunTime: boolean;
}

export const IGNORED = -1;
/** Actions from here on are executor metrics. */
export const METRIC = 1_000;
const MARKS = 5;
const MOST_DIGITS = 15;

/** Where numbers stood in a line that was walked key by key. */
export interface NumberTrace {
  starts: number[];
  ends: number[];
  actions: number[];
}

/**
 * @param runTime action of the run time
 * @returns the template of a tail from `from` to `end`; `null` for one without numbers or with
 * fixed texts too short to know again
 */
export function learnTemplate(
  bytes: Buffer,
  from: number,
  end: number,
  trace: NumberTrace,
  runTime: number,
): TailTemplate | null {
  const count = trace.starts.length;
  if (count === 0) return null;
  const template: TailTemplate = {
    lengths: new Int32Array(count),
    actions: Int32Array.from(trace.actions),
    marks: new Uint8Array(count * MARKS),
    restLength: end - (trace.ends[count - 1] as number),
    hasRunTime: trace.actions.includes(runTime),
  };
  let at = from;
  for (let number = 0; number < count; number += 1) {
    const start = trace.starts[number] as number;
    if (start - at < MARKS) return null;
    template.lengths[number] = start - at;
    template.marks[number * MARKS] = bytes[at] as number;
    for (let mark = 1; mark < MARKS; mark += 1)
      template.marks[number * MARKS + mark] = bytes[start - MARKS + mark] as number;
    at = trace.ends[number] as number;
  }
  return template;
}

/**
 * Reads the numbers of a tail by a template: fields into `row`, executor metrics into `metrics`. `false` when the tail is not
 * of that form; `row` and `metrics` are then partly filled and must not be used.
 */
export function readByTemplate(
  template: TailTemplate,
  bytes: Buffer,
  from: number,
  end: number,
  row: Float64Array,
  metrics: Float64Array,
): boolean {
  const { lengths, actions, marks } = template;
  let at = from;
  for (let number = 0; number < lengths.length; number += 1) {
    const start = at + (lengths[number] as number);
    const mark = number * MARKS;
    if (
      start >= end ||
      bytes[at] !== marks[mark] ||
      bytes[start - 1] !== marks[mark + 4] ||
      bytes[start - 2] !== marks[mark + 3] ||
      bytes[start - 3] !== marks[mark + 2] ||
      bytes[start - 4] !== marks[mark + 1]
    ) {
      return false;
    }
    let next = start;
    let value = 0;
    let digit = (bytes[next] as number) - 0x30;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      next += 1;
      digit = (bytes[next] as number) - 0x30;
    }
    // No digits (a minus sign, null), or more than a double holds exactly: the walk by keys knows what to do.
    if (next === start || next - start > MOST_DIGITS) return false;
    const action = actions[number] as number;
    if (action >= METRIC) metrics[action - METRIC] = value;
    else if (action >= 0) row[action] = value;
    at = next;
  }
  return at + template.restLength === end && bytes[end - 1] === 0x7d;
}
