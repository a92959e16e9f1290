import { parsePrefix, unwrapLine } from './parse-prefix.ts';

/** How the lines of one log begin, learned from a sample, so that most line starts are recognised without a regex. */
export interface LineLayout {
  /** For each of the first bytes: a byte to equal, or `DIGIT`; empty when no layout dominates. */
  shape: Int16Array;
  /** Share of the sample's lines that begin a record, 0 to 1. */
  prefixedShare: number;
  /** Inside of an aggregated log: a section's marks end whatever stands before them. */
  inSection?: true;
}

const DIGIT = -1;
const SHAPE_BYTES = 17;
const SAMPLE_LINES = 200;
/** Longer lines are cut before they are looked at: a prefix stands at the front. */
const PREFIX_BYTES = 400;

/** The lines between two sections of an aggregated log begin so. */
const SECTION_MARKS: readonly Buffer[] = ['End of LogType:', 'LogType:', 'Container: container_'].map((mark) =>
  Buffer.from(mark),
);

/** Learns the layout of a log from some of its lines. */
export function learnLayout(sample: string): LineLayout {
  const lines = sample.split('\n', SAMPLE_LINES).filter((line) => line.trim() !== '');
  const prefixed = lines.filter((line) => !isWrapped(line) && parsePrefix(line) !== null);
  const shapes = new Map<string, number>();
  for (const line of prefixed) {
    const shape = line.slice(0, SHAPE_BYTES).replace(/\d/g, '0');
    if (/^\[?0{1,4}[^a-zA-Z]*$/.test(shape)) shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const [best] = [...shapes].sort((a, b) => b[1] - a[1]);
  const shape = best && best[0].length === SHAPE_BYTES && best[1] * 2 > prefixed.length ? best[0] : '';
  return {
    shape: Int16Array.from(Buffer.from(shape), (byte) => (byte === 48 ? DIGIT : byte)),
    prefixedShare: lines.length === 0 ? 0 : prefixed.length / lines.length,
  };
}

/** A container runtime's own time in front must not be taken for the shape: every line has it. */
function isWrapped(line: string): boolean {
  return unwrapLine(line) !== line;
}

/** True when the line at `from` begins a record. */
export function beginsRecord(layout: LineLayout, bytes: Buffer, from: number, lineEnd: number): boolean {
  const { shape } = layout;
  const first = bytes[from] as number;
  if (first === 9 || first === 32 || from >= lineEnd) return false;
  if (
    layout.inSection &&
    SECTION_MARKS.some((mark) => bytes.compare(mark, 0, mark.length, from, from + mark.length) === 0)
  )
    return true;
  if (shape.length > 0 && lineEnd - from >= shape.length) {
    let at = 0;
    for (; at < shape.length; at += 1) {
      const wanted = shape[at] as number;
      const byte = bytes[from + at] as number;
      if (wanted === DIGIT ? byte < 48 || byte > 57 : byte !== wanted) break;
    }
    if (at === shape.length) return true;
  }
  const isJson = first === 123;
  const line = bytes.toString('utf8', from, Math.min(lineEnd, from + (isJson ? 1 << 20 : PREFIX_BYTES)));
  const prefix = parsePrefix(line);
  return prefix !== null && prefix.layout !== 'container';
}
