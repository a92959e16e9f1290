import { describe, expect, it } from 'vitest';
import { APP, clock, line, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { queueWaitedRule } from './queue-waited.ts';

const scope = { applicationIds: [APP] };
const DONE = { finalStatus: 'SUCCEEDED', diagnostics: '' };
const judge = async (fields: Record<string, unknown>, resourceManager = '') =>
  queueWaitedRule.apply(await typedCluster({ answers: [restApp({ ...DONE, ...fields })], resourceManager, scope }));

describe('yarn/queue-waited', () => {
  it('sees a run of which half was waiting', async () => {
    const [finding] = await judge({ launchTime: clock(300) });
    expect(finding).toMatchObject({
      code: 'scheduling.queue_wait',
      kind: 'inferred',
      symptom: 'waiting',
      weight: 0.5,
      values: { waitedMs: 300_000 },
    });
  });

  it('knows why from an earlier answer', async () => {
    const early = restApp({
      state: 'ACCEPTED',
      finalStatus: 'UNDEFINED',
      launchTime: 0,
      finishedTime: 0,
      diagnostics: "not yet activated. Queue's AM resource limit exceeded.",
    });
    const facts = await typedCluster({
      answers: [{ ...early, at: clock(100) }, restApp({ ...DONE, launchTime: clock(300) })],
      scope,
    });
    expect(queueWaitedRule.apply(facts)[0]).toMatchObject({ code: 'scheduling.queue_blocked', kind: 'observed' });
  });

  it('takes the launch from the log where REST has none (2.x)', async () => {
    const launched = line(
      400,
      'rmattempt',
      `${APP.replace('application', 'appattempt')}_000001 State change from ALLOCATED to LAUNCHED on event = LAUNCHED`,
    );
    expect((await judge({ launchTime: undefined }, launched))[0]?.values.waitedMs).toBe(400_000);
  });

  it('explains no failure', async () => {
    const [finding] = await judge({ launchTime: clock(300), finalStatus: 'FAILED' });
    expect(finding?.symptom).toBeUndefined();
    expect(finding?.weight).toBeCloseTo(0.05);
  });

  it('is silent for short waits, short shares, and unknown launches', async () => {
    expect(await judge({ launchTime: clock(30) })).toEqual([]);
    expect(await judge({ launchTime: clock(70) })).toEqual([]);
    expect(await judge({ launchTime: 0 })).toEqual([]);
  });
});
