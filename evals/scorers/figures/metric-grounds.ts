import type { Sources } from '../sources/open-sources.ts';
import { Grounds } from './grounds.ts';

const NUMBER_OF_KEY =
  /([A-Za-z_][\w.{}=," -]{2,300}?)"?\s{0,2}[: =]\s{0,2}"?(-?\d{1,19}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?)(?=[\s",}\]]|$)/gm;
const MAX_PAIRS_OF = 6;

/**
 * What counters of a service grew by between two answers to the same request, alone and all instances together; the answers are those that were
 * opened.
 */
export async function metricGrounds(read: readonly string[], sources: Sources): Promise<Grounds> {
  const grounds = new Grounds();
  const series = new Map<string, Map<string, number>[]>();
  for (const source of [...read].filter((name) => name.startsWith('http/')).sort()) {
    const text = await sources.text(source);
    if (text === null || text.bytes.length > 4 << 20) continue;
    const name = source.replace(/@\d{8}T\d{6}Z.*$/, '');
    const numbers = new Map<string, number>();
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
  return grounds;
}

function addGrowth(grown: number, grounds: Grounds): void {
  if (grown > 0) grounds.add('count', grown).add('bytes', grown);
}
