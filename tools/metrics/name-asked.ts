import type { MetricsQuery } from './metric-series.ts';

/** What exporters put behind a name that makes it another metric: parts of a summary or histogram. */
const OTHER_METRIC = /_(?:count|sum|total|bucket|max|min|mean)$/;

/**
 * The name asked for that an exposed metric answers, or null. With a host behind the name the shortest piece after the
 * name is taken for the host; `BytesReadRemote` never answers for `BytesReadRemoteThroughput`.
 */
export function nameAsked(
  exposed: string,
  { names, hostSuffixed }: Pick<MetricsQuery, 'names' | 'hostSuffixed'>,
): string | null {
  if (names.includes(exposed)) return exposed;
  if (!hostSuffixed || OTHER_METRIC.test(exposed)) return null;
  return names.find((name) => exposed.startsWith(`${name}_`)) ?? null;
}
