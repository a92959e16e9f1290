/** One line of an exposition: a metric with its labels and value. */
export interface ExposedSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
  /** The sample's own stamp, milliseconds since the epoch; null when the line carries none. */
  at: number | null;
  /** Where the line stands in the text, without its line break. */
  start: number;
  end: number;
}

/** What an exposition holds, and what of it could not be used. */
export interface Exposition {
  samples: readonly ExposedSample[];
  /** Lines that are no samples though they are no comments: HTML, half a line. */
  unreadable: number;
  /** Samples whose value is NaN or infinite: exposed, and nothing to reckon with. */
  withoutValue: number;
}

/** A longer line is no sample of any exporter known (labels of Celeborn and Alluxio stay below 1 KiB). */
const MAX_LINE = 16 << 10;

const SAMPLE =
  /^(?<name>[a-zA-Z_:][\w:.$-]{0,400})(?<labels>\{.{0,16000}\})?[ \t]{1,8}(?<value>[^\s]{1,64})(?:[ \t]{1,8}(?<at>-?\d{1,16}))?[ \t]{0,8}$/;

const LABEL = /([a-zA-Z_][\w]{0,200})="((?:[^"\\]|\\.){0,4000})"\s*,?\s*/y;

/**
 * Reads the Prometheus text format 0.0.4 (comments, labels with escapes, optional stamps in milliseconds) and the OpenMetrics
 * end mark, as Celeborn 0.4-0.7 and Alluxio 2.x print it; stamps in seconds (OpenMetrics) are told by their size.
 *
 * Read by hand and not by a library: every value has to be cited at its place.
 */
export function parseExposition(text: string): Exposition {
  const samples: ExposedSample[] = [];
  let unreadable = 0;
  let withoutValue = 0;
  for (let start = 0; start < text.length; ) {
    const broken = text.indexOf('\n', start);
    const next = broken === -1 ? text.length : broken;
    const end = text[next - 1] === '\r' ? next - 1 : next;
    if (end > start && text[start] !== '#') {
      const sample = end - start > MAX_LINE ? null : sampleOf(text.slice(start, end), start);
      if (!sample) unreadable += 1;
      else if (Number.isFinite(sample.value)) samples.push(sample);
      else withoutValue += 1;
    }
    start = next + 1;
  }
  return { samples, unreadable, withoutValue };
}

function sampleOf(line: string, start: number): ExposedSample | null {
  const groups = SAMPLE.exec(line)?.groups;
  if (!groups?.name || groups.value === undefined) return null;
  const labels = labelsOf(groups.labels);
  const value = numberOf(groups.value);
  if (labels === null || value === null) return null;
  return { name: groups.name, labels, value, at: stampOf(groups.at), start, end: start + line.length };
}

function numberOf(text: string): number | null {
  if (/^[+-]?Inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^NaN$/i.test(text)) return Number.NaN;
  return /^[+-]?(?:\d|\.\d)/.test(text) && !Number.isNaN(Number(text)) ? Number(text) : null;
}

/** Seconds and milliseconds are told apart by size: as seconds, today's milliseconds would be in the year 50,000. */
function stampOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const stamp = Number(text);
  return Math.abs(stamp) < 1e11 ? stamp * 1000 : stamp;
}

function labelsOf(text: string | undefined): Record<string, string> | null {
  const labels: Record<string, string> = Object.create(null);
  if (text === undefined) return labels;
  const inner = text.slice(1, -1).trim();
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inner.length) {
    const match = LABEL.exec(inner);
    if (!match?.[1] || match[2] === undefined) return null;
    labels[match[1]] = match[2].replace(/\\([\\"n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}
