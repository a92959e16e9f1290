import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Moment, openMoment } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import { MEMORY_READ_HOST } from './memory-read-host.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const signal = new AbortController().signal;

interface Case {
  host: string;
  /** Codes that the host's own kernel proves, echoes left out. */
  codes: readonly string[];
}

/** Recorded hosts: kills by a group's own limit, by one above it, by a priority, and a group out of processes. */
const CASES: Readonly<Record<string, Case>> = {
  'cache-201-memcg-own-limit-python-worker': { host: 'nm-0217', codes: ['kernel.memcg_oom', 'memory.python_worker'] },
  'cache-202-memcg-ancestor-innocent-executor': { host: 'k8s-node-31', codes: ['kernel.memcg_ancestor_oom'] },
  'cache-204-oom-priority-containers-before-nodemanager': {
    host: 'nm-0112',
    codes: ['kernel.memcg_ancestor_oom', 'kernel.oom_priority'],
  },
  'cache-208-pids-limit-native-thread': { host: 'nm-0633', codes: ['memory.native_thread'] },
};

/** A host's facts read from a folder, and asked of its collector (`wherefore node`, the real one, over HTTP with its token). */
describe.each(Object.entries(CASES))('contract: what a host tells, %s', (name, { host, codes }) => {
  const capture = path.join(SHARED, 'captures', name);
  const here = existsSync(capture);
  let moment: Moment;

  beforeAll(async () => {
    if (!here) return;
    moment = await openMoment(capture, { keep: () => false, hosts: 'collectors', logFolders: ['/var/log'] });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    if (here) await moment.close();
  });

  async function told(platform: Platform) {
    const outcome = await MEMORY_READ_HOST.run({}, { platform, signal });
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    return outcome.value;
  }

  describe.each(['recorded', 'live'] as const)('%s', (backend) => {
    it.skipIf(!here)('tells of the kernel log, the control groups and the pressure of the host', async () => {
      const { facts } = await told(await moment.backends[backend]());
      expect(facts.map((one) => one.host)).toEqual([host]);
      expect(facts[0]?.kernelLogs[0]?.kernelLines).toBeGreaterThan(0);
      expect(facts[0]?.groups.length).toBeGreaterThan(0);
      expect(facts[0]?.samples.length).toBeGreaterThan(0);
      expect(facts[0]?.btimeMs).toBeGreaterThan(0);
      expect(facts[0]?.skipped).toEqual([]);
    });

    it.skipIf(!here)('gives the rules what they prove', async () => {
      const { findings } = await told(await moment.backends[backend]());
      const roots = findings.filter(({ code, echo }) => code !== null && !echo);
      expect([...new Set(roots.map(({ code }) => code))]).toEqual(codes);
    });
  });

  it.skipIf(!here)('is the same on both, places and quotes included', async () => {
    const recorded = await told(await moment.backends.recorded());
    const live = await told(await moment.backends.live());
    expect(live).toEqual(recorded);
  });
});
