import type { MetricsQuery } from './metric-series.ts';

/** What exporters put behind a name that makes it another metric: parts of a summary or histogram. */
const OTHER_METRIC = /_(?:count|sum|total|bucket|max|min|mean)$/;

/**
 * The name asked for that an exposed metric answers, or null. With a host behind the name the shortest piece after the
 * name is taken for the host; `BytesReadRemote` never answers for `BytesReadRemoteThroughput`.
 */
export function nameAsked(
  exposed: string,
  { names, hostSuffixed, ofBeans }: Pick<MetricsQuery, 'names' | 'hostSuffixed' | 'ofBeans'>,
): string | null {
  if (names.includes(exposed)) return exposed;
  if (ofBeans) return attributeAsked(exposed, names);
  if (!hostSuffixed || OTHER_METRIC.test(exposed)) return null;
  return names.find((name) => exposed.startsWith(`${name}_`)) ?? null;
}

/** The attribute that an exposed name ends with, behind a word break: `…_AllocatedMB` is no `MB`. */
function attributeAsked(exposed: string, names: readonly string[]): string | null {
  const ends = new Set<string>();
  for (let at = exposed.indexOf('_'); at !== -1; at = exposed.indexOf('_', at + 1))
    ends.add(folded(exposed.slice(at + 1)));
  return names.find((name) => ends.has(folded(name))) ?? null;
}

function folded(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
