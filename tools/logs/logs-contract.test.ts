import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Moment, openMoment } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import { LOGS_READ } from './logs-read.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURE = path.join(SHARED, 'captures', 'yarn-022-item-vector-backfill-memcg-oom');
const signal = new AbortController().signal;

/** Logs read from a folder, and through each host's collector (`wherefore node`) a window at a time. */
describe.skipIf(!existsSync(CAPTURE))('contract: what logs tell, yarn-022', () => {
  let moment: Moment;

  beforeAll(async () => {
    moment = await openMoment(CAPTURE, { keep: () => false, hosts: 'collectors', logFolders: ['/var/log'] });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await moment.close();
  });

  async function told(platform: Platform) {
    const outcome = await LOGS_READ.run({}, { platform, signal });
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    return outcome.value;
  }

  describe.each(['recorded', 'live'] as const)('%s', (backend) => {
    it('knows the daemons by what they write', async () => {
      const { facts } = await told(await moment.backends[backend]());
      const writers = facts.logs.map(({ source, writer }) => [source, writer]);
      expect(writers.filter(([, writer]) => writer === 'node_manager')).toHaveLength(3);
      expect(writers.filter(([, writer]) => writer === 'resource_manager')).toHaveLength(1);
    });

    it('gives the signatures what they know', async () => {
      const { findings } = await told(await moment.backends[backend]());
      expect(findings.length).toBeGreaterThan(0);
    });
  });

  it('is the same on both, places and quotes included', async () => {
    const recorded = await told(await moment.backends.recorded());
    const live = await told(await moment.backends.live());
    expect(live).toEqual(recorded);
  });
});
