import type { Sources } from '../sources/open-sources.ts';
import type { CitedLine } from './cited-line.ts';
import { Grounds } from './grounds.ts';

const NUMBER_OF_KEY =
  /([A-Za-z_][\w.{}=," -]{2,300}?)"?\s{0,2}[: =]\s{0,2}"?(-?\d{1,19}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?)(?=[\s",}\]]|$)/gm;
const MAX_PAIRS_OF = 6;

/**
 * What counters of a service grew by between two answers to the same request, alone and all instances together; the answers are those that were
 * opened.
 */
export async function metricGrounds(
  cited: readonly CitedLine[],
  read: readonly string[],
  sources: Sources,
): Promise<Pick<Grounds, 'has'>> {
  const grounds = new Grounds();
  const same = new Grounds();
  const ranges: Ranges = new Map();
  const series = new Map<string, Map<string, number>[]>();
  const citedMetrics = new Set(cited.map(({ lines }) => metricOf(lines)).filter((name) => name !== ''));
  for (const source of [...read].filter((name) => name.startsWith('http/')).sort()) {
    const text = await sources.text(source);
    if (text === null || text.bytes.length > 4 << 20) continue;
    addRange(text.bytes, ranges);
    const name = source.replace(/@\d{8}T\d{6}Z.*$/, '');
    const numbers = new Map<string, number>();
    // The same metric of another instance is as good a ground as the one that is cited.
    if (citedMetrics.size > 0) {
      for (const line of text.bytes.toString('utf8').split('\n'))
        if (citedMetrics.has(metricOf(line))) same.addRecord(line);
    }
    for (const [, key = '', value = ''] of text.bytes.toString('utf8').matchAll(NUMBER_OF_KEY)) {
      if (!numbers.has(key)) numbers.set(key, Number(value));
    }
    series.set(name, [...(series.get(name) ?? []), numbers]);
  }
  const together = new Map<string, number>();
  for (const [name, samples] of series) {
    const kind = name.replace(/@[^/]{0,200}/, '');
    samples.forEach((earlier, at) => {
      for (const [offset, later] of samples.slice(at + 1).entries()) {
        if (samples.length > MAX_PAIRS_OF && offset > 0 && at > 0) continue;
        for (const [key, value] of later) {
          const grown = value - (earlier.get(key) ?? value);
          addGrowth(grown, grounds);
          const group = `${kind} ${key} ${at}-${at + 1 + offset}`;
          together.set(group, (together.get(group) ?? 0) + grown);
        }
      }
    });
  }
  for (const grown of together.values()) addGrowth(grown, grounds);
  for (const instances of ranges.values()) addRangeGrowth([...instances.values()], grounds);
  // Counters grow by all kinds of amounts: a figure of one or two digits would always be found among them.
  return {
    has: (figure) => same.has(figure) || ((figure.digits >= 3 || figure.values[0] === 0) && grounds.has(figure)),
  };
}

/** The metric's name at the beginning of a line; empty when it has none. */
function metricOf(line: string): string {
  return /^[A-Za-z_:][\w:]{3,200}(?=[{ ])/.exec(line)?.[0] ?? '';
}

function addGrowth(grown: number, grounds: Grounds): void {
  if (grown >= 0) grounds.add('count', grown).add('bytes', grown);
}

/** Values by time, by instance, by metric, of whatever Prometheus answered to range queries. */
type Ranges = Map<string, Map<string, Map<number, number>>>;

/** More points than a query is asked for in steps are thinned: pairs of them grow with the square. */
const MOST_POINTS = 120;

/** Adds an answer of `/api/v1/query_range` (Prometheus HTTP API: `data.result[].metric`, `.values[] = [seconds, "value"]`). */
function addRange(bytes: Buffer, ranges: Ranges): void {
  const text = bytes.toString('utf8');
  if (!text.startsWith('{') || !text.includes('"matrix"')) return;
  let answer: { data?: { result?: { metric: Record<string, string>; values: [number, string][] }[] } };
  try {
    answer = JSON.parse(text);
  } catch {
    return;
  }
  for (const { metric, values } of answer.data?.result ?? []) {
    const instances = ranges.get(metric.__name__ ?? '') ?? new Map<string, Map<number, number>>();
    ranges.set(metric.__name__ ?? '', instances);
    const points = instances.get(JSON.stringify(metric)) ?? new Map<number, number>();
    instances.set(JSON.stringify(metric), points);
    for (const [at, value] of values) points.set(at, Number(value));
  }
}

/** What a metric grew by between any two of its times, each instance alone and all of them together. */
function addRangeGrowth(instances: readonly ReadonlyMap<number, number>[], grounds: Grounds): void {
  const times = [...new Set(instances.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
  const step = Math.ceil(times.length / MOST_POINTS);
  const kept = times.filter((_, at) => at % step === 0 || at === times.length - 1);
  const courses = instances.map((points) => courseOf(points, kept));
  const sum = kept.map((_, at) => courses.reduce((total, course) => total + (course[at] ?? 0), 0));
  for (const course of [...courses, sum]) {
    const distinct = course.filter((value, at) => value !== course[at - 1]);
    distinct.forEach((earlier, at) => {
      for (const later of distinct.slice(at + 1)) addGrowth(later - earlier, grounds);
    });
    addGrowth(0, grounds);
  }
}

/** The value at each time: the last that was told before it. */
function courseOf(points: ReadonlyMap<number, number>, times: readonly number[]): number[] {
  let last = points.values().next().value ?? 0;
  return times.map((time) => {
    last = points.get(time) ?? last;
    return last;
  });
}
