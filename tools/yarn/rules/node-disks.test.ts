import { describe, expect, it } from 'vitest';
import type { YarnAttempt } from '../facts.ts';
import {
  APP,
  clock,
  containerId,
  fixture,
  line,
  ranAndExited,
  restApp,
  typedCluster,
} from '../fixtures/typed-cluster.ts';
import { nodeDisksRule } from './node-disks.ts';

const scope = { applicationIds: [APP] };
const FULL = line(
  40,
  'disks',
  'Directory /d2/local error, used space above threshold of 90.0%, removing from list of valid directories',
  'WARN',
);
const BAD = line(
  40,
  'disks',
  'Directory /d2/local error, Directory is not writable: /d2/local, removing from list of valid directories',
  'WARN',
);
const ran = (code: number) => ranAndExited(containerId(2), 5, 50, code);
const judge = async (n1: string, fields: Record<string, unknown> = {}) =>
  nodeDisksRule.apply(await typedCluster({ answers: [restApp(fields)], nodeManagers: { n1 }, scope }));

describe('yarn/node-disks', () => {
  it('sees a full directory where a container failed, with its threshold', async () => {
    const [finding] = await judge(FULL + ran(1), { diagnostics: 'Job aborted: No space left on device' });
    expect(finding).toMatchObject({
      code: 'storage.disk_full_local',
      kind: 'observed',
      weight: 0.8,
      keys: { host: 'n1', path: '/d2/local' },
      values: { thresholdPercent: 90 },
      completeStatement: 'node_local_dirs_full',
    });
  });

  it('tells a bad directory from a full one, and only infers from 2.x’s "are bad"', async () => {
    expect((await judge(BAD + ran(1)))[0]).toMatchObject({ code: 'storage.bad_disk', kind: 'observed' });
    const unknown = line(
      40,
      'x.LocalDirsHandlerService',
      'Disk(s) failed: 1/1 local-dirs are bad: /d2/local; ',
      'WARN',
    );
    expect((await judge(unknown + ran(1)))[0]).toMatchObject({ code: 'storage.bad_disk', kind: 'inferred' });
  });

  it('takes 2.x’s "are bad" for full where its own lines say so (typed from 2.6 logs)', async () => {
    const summary = line(
      40,
      'x.LocalDirsHandlerService',
      'Disk(s) failed: 1/1 local-dirs are bad: /d2/local; ',
      'WARN',
    );
    expect((await judge(FULL + summary + ran(1))).map((finding) => finding.code)).toEqual(['storage.disk_full_local']);
  });

  it('is the cause when the node was taken out of service under its containers', async () => {
    const facts = await typedCluster({
      answers: [restApp()],
      nodeManagers: {
        n1: FULL + line(5, 'container', `Container ${containerId(2)} transitioned from SCHEDULED to RUNNING`),
      },
      resourceManager:
        line(
          5,
          'scheduler',
          `Assigned container ${containerId(2)} of capacity <memory:768, vCores:1> on host n1:45454, which has 1 containers`,
        ) +
        line(41, 'rmnode', 'n1:45454 Node Transitioned from RUNNING to UNHEALTHY') +
        line(41.1, 'rmcontainer', `${containerId(2)} Container Transitioned from RUNNING to KILLED`),
      scope,
    });
    expect(facts.containers[0]?.endedBy).toBe('node_lost');
    expect(nodeDisksRule.apply(facts)[0]).toMatchObject({ code: 'storage.disk_full_local', weight: 0.6 });
  });

  it('is heavy when an attempt was lost with the node at that time, also where the next attempt ended well', async () => {
    const facts = await typedCluster({ answers: [restApp({})], nodeManagers: { n1: FULL + ran(0) }, scope });
    const weightWith = (attempt: Partial<YarnAttempt>) => {
      const lost = { host: 'n1', exitStatus: -100, finishedAt: clock(42), ...attempt } as YarnAttempt;
      const applications = facts.applications.map((application) => ({ ...application, attempts: [lost] }));
      return nodeDisksRule.apply({ ...facts, applications })[0]?.weight;
    };
    expect(weightWith({})).toBe(0.8);
    for (const other of [
      { host: 'n2' },
      { exitStatus: 0 },
      { finishedAt: null },
      { finishedAt: clock(42) + 600_000 },
    ]) {
      expect(weightWith(other)).toBe(0.1);
    }
  });

  it('stands aside when nothing failed there', async () => {
    expect((await judge(FULL + ran(0)))[0]?.weight).toBe(0.1);
    expect((await judge(FULL + ran(0), { finishedTime: clock(70) }))[0]?.weight).toBe(0.5);
  });

  it('is silent for nodes without its containers, for reports out of time, and without reports', async () => {
    const recorded = fixture('disk-full.node-manager.txt');
    expect(
      nodeDisksRule.apply(
        await typedCluster({ answers: [restApp()], nodeManagers: { n1: ran(1), n2: recorded }, scope }),
      ),
    ).toEqual([]);
    expect(await judge(FULL.replace('11:00:40', '03:00:40') + ran(1))).toEqual([]);
    expect(await judge(ran(1))).toEqual([]);
  });
});
