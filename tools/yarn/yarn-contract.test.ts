import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Moment, openMoment, placesAside } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import type { YarnFacts } from './facts.ts';
import { judgeYarn } from './judge-yarn.ts';
import { readYarnFacts } from './read-yarn-facts.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');

interface Case {
  application: string;
  /** Where its master ran: whose NodeManager a live cluster is asked; null while it waits for one. */
  masterHost: string | null;
  /** What YARN's REST answers alone prove, by rule. */
  findings: readonly (readonly [rule: string, code: string | null])[];
}

/** Recorded clusters: a run that waits, one that lost executors to another queue, one that runs, one over its limit. */
const CASES: Readonly<Record<string, Case>> = {
  'yarn-019-text-features-am-share-pending': {
    application: 'application_1795259698281_0011',
    masterHost: null,
    findings: [
      ['yarn/application-state', null],
      ['yarn/preemption', null],
      ['yarn/queue-waiting', 'scheduling.queue_blocked'],
    ],
  },
  'yarn-031-user-ltv-preempted-by-etl': {
    application: 'application_1795259698281_0018',
    masterHost: 'bd-node12',
    findings: [
      ['yarn/application-state', 'none.healthy'],
      ['yarn/preemption', 'scheduling.preemption'],
    ],
  },
  'yarn-025-ad-feature-join-still-running': {
    application: 'application_1795259698281_0013',
    masterHost: 'bd-node13',
    findings: [
      ['yarn/application-state', 'none.still_running'],
      ['yarn/preemption', null],
    ],
  },
  'yarn-017-campaign-export-driver-physical-limit': {
    application: 'application_1795259698281_0006',
    masterHost: 'bd-node11',
    findings: [
      ['yarn/application-state', null],
      ['yarn/attempt-failed', null],
      ['yarn/container-exit', null],
      ['yarn/container-memory-limit', 'memory.container_physical_limit'],
      ['yarn/preemption', 'scheduling.preemption'],
    ],
  },
};

describe.each(Object.entries(CASES))(
  'contract: what YARN answers, %s',
  (name, { application, masterHost, findings }) => {
    const capture = path.join(SHARED, 'captures', name);
    const here = existsSync(capture);
    let moment: Moment;

    beforeAll(async () => {
      if (!here) return;
      // What a live cluster is asked about one run: nothing of other runs, of NodeManagers the one that the master ran on.
      const keep = (service: string, request: string) => {
        if (service.startsWith('yarn-nm@'))
          return service === `yarn-nm@${masterHost}` && request === '/ws/v1/node/info';
        const [named = application] = /application_\d+_\d+/.exec(request) ?? [];
        return service.startsWith('yarn-rm') && named === application;
      };
      moment = await openMoment(capture, { keep, hosts: 'none' });
      vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
    });
    afterAll(async () => {
      vi.useRealTimers();
      if (here) await moment.close();
    });

    async function factsOf(platform: Platform): Promise<YarnFacts> {
      const read = await readYarnFacts(platform, { applicationIds: [application] });
      if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
      return read.value;
    }

    describe.each(['recorded', 'live'] as const)('%s', (backend) => {
      it.skipIf(!here)('tells of the run asked about, the queues, the nodes and the whole cluster', async () => {
        const facts = await factsOf(await moment.backends[backend]());
        expect(facts).toMatchObject({ asked: [application], listed: true, ambiguous: false, skipped: [] });
        expect(facts.applications.length).toBeGreaterThan(1);
        expect(facts.applications.find(({ id }) => id === application)?.amHost).toBe(masterHost);
        expect(facts.queues.map(({ path: queue }) => queue)).toEqual(
          expect.arrayContaining(['root', 'root.ads', 'root.etl']),
        );
        expect(facts.cluster).toMatchObject({ version: '3.3.6', haState: 'ACTIVE' });
        expect(facts.nodes.map(({ host }) => host)).toEqual(expect.arrayContaining(['bd-node11', 'bd-node13']));
      });

      it.skipIf(!here)('gives the rules what they prove', async () => {
        const found = judgeYarn(await factsOf(await moment.backends[backend]()));
        expect(found.map(({ rule, code }) => [rule, code])).toEqual(findings);
      });
    });

    it.skipIf(!here)('is the same on both, figures and quotes included', async () => {
      const recorded = await factsOf(await moment.backends.recorded());
      const live = await factsOf(await moment.backends.live());
      expect(placesAside(live)).toEqual(placesAside(recorded));
      expect(placesAside(judgeYarn(live))).toEqual(placesAside(judgeYarn(recorded)));
      expect(moment.asked().length).toBeGreaterThan(5);
    });
  },
);
