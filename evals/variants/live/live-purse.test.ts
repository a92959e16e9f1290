import { describe, expect, it } from 'vitest';
import { NotRun } from '../../trial/answerer.ts';
import type { Trial } from '../../trial/trial.ts';
import { OUTAGES_TO_GIVE_UP, openPurse } from './live-purse.ts';

function purse(more: Partial<Parameters<typeof openPurse>[0]> = {}) {
  const clock = { ms: 0, slept: [] as number[] };
  const open = openPurse({
    limits: { maxUsd: null, perMinute: null },
    workers: 1,
    made: [],
    now: () => clock.ms,
    sleep: async (ms) => {
      clock.slept.push(ms);
      clock.ms += ms;
    },
    ...more,
  });
  return { open, clock };
}

const cost = (usd: number) => ({ diagnosis: { costs: { usd } } }) as unknown as Trial;

describe('openPurse', () => {
  it('asks no more when an answer as dear as the dearest could go beyond what is left', async () => {
    const { open } = purse({ limits: { maxUsd: 0.1, perMinute: null } });
    await open.enter();
    open.spent(0.04, false);
    await open.enter();
    open.spent(0.03, false);
    await expect(open.enter()).rejects.toThrow(NotRun);
    await expect(open.enter()).rejects.toThrow('0.0700 USD are spent, and 0.1 is the most');
  });

  it('counts what was spent before the run was taken up again, and shares the rest among the workers', async () => {
    const { open } = purse({ limits: { maxUsd: 0.1, perMinute: null }, workers: 2, made: [cost(0.01), cost(0.02)] });
    await open.enter();
    open.spent(0.016, false);
    // Its share is 0.035 USD, and the dearest answer cost 0.02.
    await expect(open.enter()).rejects.toThrow('0.0460 USD are spent');
  });

  it('asks at its pace, which is that of all workers together', async () => {
    const { open, clock } = purse({ limits: { maxUsd: null, perMinute: 60 }, workers: 2 });
    for (let asked = 0; asked < 3; asked += 1) await open.enter();
    expect(clock.slept).toEqual([2000, 2000]);
    clock.ms += 60_000;
    await open.enter();
    expect(clock.slept).toHaveLength(2);
  });

  it('asks no server that failed five times in a row; one answer between them begins anew', async () => {
    const { open } = purse();
    for (let failed = 1; failed < OUTAGES_TO_GIVE_UP; failed += 1) open.spent(null, true);
    await open.enter();
    open.spent(0.01, false);
    for (let failed = 0; failed < OUTAGES_TO_GIVE_UP; failed += 1) {
      await open.enter();
      open.spent(0.01, true);
    }
    await expect(open.enter()).rejects.toThrow('failed 5 times in a row');
  });
});
