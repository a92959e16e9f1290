import { describe, expect, it } from 'vitest';
import { type TypedAnswer, typedPlatform } from '../yarn/fixtures/typed-cluster.ts';
import { prometheusMetrics } from './prometheus-metrics.ts';

const { signal } = new AbortController();
const QUERY = { kind: 'yarn-rm', names: ['up_time'], window: null };

function answered(query: string, body: string): TypedAnswer {
  return { service: 'prometheus', request: `/api/v1/query_range?query=${query}`, body };
}

const matrix = (values: string) =>
  `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up_time","instance":"a:1"},"values":[${values}]}]}}`;

describe('prometheusMetrics', () => {
  it('puts the windows of several recorded answers together, each point once', async () => {
    const platform = typedPlatform([
      answered('first', matrix('[120,"1"],[180,"2"]')),
      answered('second', matrix('[60,"9"],[120,"1"]')),
    ]);
    const read = await prometheusMetrics(platform).read(QUERY, signal);
    if (read.outcome !== 'ok') throw new Error(read.outcome);
    expect(read.value.map(({ points }) => points.map(({ at, value }) => [at, value]))).toEqual([
      [
        [60_000, 9],
        [120_000, 1],
        [180_000, 2],
      ],
    ]);
  });

  it('gives up a series whose places are not found before its searches add up', async () => {
    const values = Array.from({ length: 60_000 }, (_, at) => `[${at + 1}, "1"]`).join(',');
    const platform = typedPlatform([answered('spaced', matrix(values))]);
    const from = performance.now();
    expect(await prometheusMetrics(platform).read(QUERY, signal)).toMatchObject({ outcome: 'no_data' });
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});
