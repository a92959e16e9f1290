import { describe, expect, it } from 'vitest';
import { emptyYarnFacts } from '../../../tools/yarn/facts.ts';
import { APP, restApp, typedCluster, typedPlatform } from '../../../tools/yarn/fixtures/typed-cluster.ts';
import type { YarnQueue } from '../../../tools/yarn/queue-facts.ts';
import { readQueueHistory } from '../../../tools/yarn/queue-history.ts';
import { lookAtQueue } from './look-at-queue.ts';
import type { ThingContext } from './thing-context.ts';

const AT = Date.UTC(2026, 10, 21, 11, 0);
const MINUTE = 60_000;

/** A metrics server's samples of `root` and `root.ads`, a minute apart from `AT` on, of a ceiling of 1,000 MB. */
async function keptBy(usedMB: readonly number[]): Promise<YarnQueue[][]> {
  const series = (name: string, queue: string, values: readonly number[]) => ({
    metric: { __name__: `queue_metrics_${name}`, queue, instance: 'rm1:8088' },
    values: values.map((value, at) => [(AT + at * MINUTE) / 1000, String(value)]),
  });
  const result = ['root', 'root.ads'].flatMap((queue) => [
    series('allocated_mb', queue, usedMB),
    series(
      'available_mb',
      queue,
      usedMB.map((used) => 1_000 - used),
    ),
  ]);
  const body = { status: 'success', data: { resultType: 'matrix', result } };
  const platform = typedPlatform([{ service: 'prometheus', request: '/api/v1/query_range?query=x', body }]);
  const read = await readQueueHistory(platform, null, new AbortController().signal);
  if (read.outcome !== 'ok') throw new Error(read.outcome);
  return read.value.map((queues) => [...queues]);
}

/** The same queue as the ResourceManager's own answer has it: percentages, no sizes. */
function answered(queue: YarnQueue, percent: number, sampledAt: number): YarnQueue {
  return { ...queue, absoluteUsedPercent: percent, absoluteMaxPercent: 100, used: null, max: null, sampledAt };
}

function contextOf(queues: readonly YarnQueue[], window: ThingContext['window']): ThingContext {
  return { yarn: { ...emptyYarnFacts(), queues }, window, now: AT } as unknown as ThingContext;
}

describe('lookAtQueue', () => {
  it('compares samples of both kinds by the share of their ceiling, never bytes with percentages', async () => {
    const samples = await keptBy([100, 200]);
    const ads = samples[0]?.find(({ path }) => path === 'root.ads') as YarnQueue;
    const full = answered(ads, 100, AT + 2 * MINUTE);
    const report = lookAtQueue('ads', contextOf([full], { from: AT, to: AT + 5 * MINUTE }), [...samples, [full]]);
    expect(report.window?.from).toBe(full.sampledAt);
    expect(report.summary.en).toMatch(/^It is full, but nothing waits for it/);
  });

  it('says of no queue of an earlier time what runs or waits now', async () => {
    const samples = await keptBy([100, 200]);
    const now = samples[0]?.map((queue) => answered(queue, 10, AT + 600 * MINUTE)) ?? [];
    const context = contextOf(now, { from: AT, to: AT + 5 * MINUTE });
    const waits = restApp({ state: 'ACCEPTED', finalStatus: 'UNDEFINED', finishedTime: 0, queue: 'ads' });
    const { applications } = await typedCluster({ answers: [waits], scope: { applicationIds: [APP] } });
    expect(applications.map(({ state }) => state)).toEqual(['ACCEPTED']);
    const yarn = { ...context.yarn, applications };
    for (const said of ['ads', null]) {
      const report = lookAtQueue(said, { ...context, yarn }, samples);
      expect(report.told[0]?.values.waiting).toBe(0);
    }
    const present = lookAtQueue(null, { ...context, yarn, window: null }, [now]);
    expect(present.summary.en).toContain('With work that waits: root.ads.');
  });

  it('lists leaves alone, also by what a metrics server kept', async () => {
    const samples = await keptBy([1_000, 500]);
    const report = lookAtQueue(null, contextOf([], { from: AT, to: AT + MINUTE }), samples);
    expect(report.summary.en).toBe('Full: root.ads. With work that waits: none.');
  });
});
