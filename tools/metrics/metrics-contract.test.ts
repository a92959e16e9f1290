import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Moment, openMoment, placesAside } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import type { MetricSeries, MetricsQuery } from './metric-series.ts';
import { metricsOfPlatform } from './metrics-of-platform.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const signal = new AbortController().signal;

interface Case {
  query: MetricsQuery;
  /** Services that expose it, with the value of their one sample. */
  values: readonly (readonly [service: string, value: number])[];
}

/** Recorded endpoints of two systems: Celeborn's own text, and Alluxio's Prometheus servlet. */
const CASES: Readonly<Record<string, Case>> = {
  'celeborn-012-push-paused-slow-disk-stall': {
    query: { kind: 'celeborn-worker', names: ['metrics_PausePushDataTime_Value'], window: null },
    values: [
      ['celeborn-worker@rss-w1', 0],
      ['celeborn-worker@rss-w2', 0],
      ['celeborn-worker@rss-w3', 281_165],
    ],
  },
  'cache-101-alluxio-cold-first-epoch': {
    query: { kind: 'alluxio-master', names: ['Cluster_BytesReadUfsAll'], window: null },
    values: [['alluxio-master', 468_240_255]],
  },
};

describe.each(Object.entries(CASES))('contract: what services publish, %s', (name, { query, values }) => {
  const capture = path.join(SHARED, 'captures', name);
  const here = existsSync(capture);
  let moment: Moment;

  beforeAll(async () => {
    if (!here) return;
    moment = await openMoment(capture, { keep: (service) => service.startsWith(query.kind), hosts: 'none' });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    if (here) await moment.close();
  });

  async function seriesOf(platform: Platform): Promise<readonly MetricSeries[]> {
    const read = await metricsOfPlatform(platform).read(query, signal);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    return read.value;
  }

  it.skipIf(!here).each(['recorded', 'live'] as const)('%s: one sample for each service, of now', async (backend) => {
    const series = await seriesOf(await moment.backends[backend]());
    const found = series.map(({ service, points }) => [service, points[0]?.value] as const);
    expect(found.toSorted(([a], [b]) => a.localeCompare(b))).toEqual(values);
    // Celeborn writes the time of each sample beside it.
    const times = series.flatMap(({ points }) => points.map(({ at }) => at));
    expect(times.length).toBe(values.length);
    expect(times.every((at) => Math.abs(at - moment.at) < 1_000)).toBe(true);
  });

  it.skipIf(!here)('is the same on both, values and quotes included', async () => {
    const recorded = await seriesOf(await moment.backends.recorded());
    const live = await seriesOf(await moment.backends.live());
    const byService = (a: MetricSeries, b: MetricSeries) => a.service.localeCompare(b.service);
    expect(placesAside(live.toSorted(byService))).toEqual(placesAside(recorded.toSorted(byService)));
  });
});
