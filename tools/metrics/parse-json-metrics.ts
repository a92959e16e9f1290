import { elementRanges } from '../evidence/json-ranges.ts';
import type { ExposedSample, Exposition } from './parse-exposition.ts';

/** More samples than this are no single process (a Celeborn worker of 0.6 has some 600). */
const MAX_SAMPLES = 50_000;

/** Endings under which the text format exposes a value; a gauge's or counter's stands only there. */
const ENDINGS = /_(?:Value|Count|Max|Mean|Min|\d{2,3}(?:th|st|nd|rd)?Percentile)$/;

/**
 * Reads `/metrics/json` of Celeborn: an array of `{name, value, timestampMs, labelNames, labelValues}`. Names are brought to those
 * of `/metrics/prometheus`, whose names everything asks by: `PausePushDataTime` is `metrics_PausePushDataTime_Value` there, a counter's
 * `…_Count`; both are given where the answer does not tell which. Null for anything else (Alluxio's is an object).
 */
export function parseJsonMetrics(text: string): Exposition | null {
  if (!/^\uFEFF?\s{0,200}\[/.test(text)) return null;
  const ranges = elementRanges(text, { start: text.indexOf('['), end: text.length });
  const samples: ExposedSample[] = [];
  let [unreadable, withoutValue] = [Math.max(0, ranges.length - MAX_SAMPLES), 0];
  for (const { start, end } of ranges.slice(0, MAX_SAMPLES)) {
    const sample = sampleOf(text.slice(start, end));
    if (sample === null) unreadable += 1;
    else if (!Number.isFinite(sample.value)) withoutValue += 1;
    else samples.push(...namesOf(sample.name).map((name) => ({ ...sample, name, start, end })));
  }
  return { samples, unreadable, withoutValue };
}

function namesOf(name: string): string[] {
  const own = `metrics_${name.replace(/[^A-Za-z0-9]/g, '_')}`;
  return ENDINGS.test(own) ? [own] : [`${own}_Value`, `${own}_Count`];
}

function sampleOf(text: string): Omit<ExposedSample, 'start' | 'end'> | null {
  const read = parse(text);
  if (typeof read !== 'object' || read === null) return null;
  const { name, value, timestampMs, labelNames, labelValues } = read as Record<string, unknown>;
  if (typeof name !== 'string' || name === '' || name.length > 400) return null;
  const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : null;
  // Java writes NaN and infinities as words, or leaves the value out.
  const labels: Record<string, string> = Object.create(null);
  const [names, values] = [labelNames, labelValues].map((list) => (Array.isArray(list) ? list : []));
  names?.forEach((label: unknown, at: number) => {
    const said: unknown = values?.[at];
    if (typeof label === 'string' && typeof said === 'string') labels[label] = said;
  });
  return {
    name,
    labels,
    value: number ?? Number.NaN,
    at: typeof timestampMs === 'number' && timestampMs > 0 ? timestampMs : null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
