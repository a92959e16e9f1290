import { describe, expect, it } from 'vitest';
import { APP, containerId, line, ranAndExited, restApp, typedCluster } from '../fixtures/typed-cluster.ts';
import { overcommitEvictionRule } from './overcommit-eviction.ts';

const scope = { applicationIds: [APP] };
const judge = async (n1: string) =>
  overcommitEvictionRule.apply(await typedCluster({ answers: [restApp()], nodeManagers: { n1 }, scope }));
const ran = ranAndExited(containerId(2), 5, 50, 137);

describe('yarn/overcommit-eviction (texts typed from C4)', () => {
  it('sees the elastic handler', async () => {
    const [finding] = await judge(
      ran + line(50, 'oom', `container ${containerId(2)} killed by elastic cgroups OOM handler.`, 'WARN'),
    );
    expect(finding).toMatchObject({
      code: 'scheduling.overcommit_eviction',
      kind: 'observed',
      keys: { containerId: containerId(2), host: 'n1' },
    });
  });

  it('charges a container over its own request to itself', async () => {
    const text = `Container ${containerId(2)} was killed by elastic cgroups OOM handler using 2147483648 when requested only 1073741824`;
    const [finding] = await judge(ran + line(50, 'oom', text, 'WARN'));
    expect(finding).toMatchObject({
      code: 'memory.container_physical_limit',
      values: { usedBytes: 2_147_483_648, limitBytes: 1_073_741_824 },
    });
  });

  it('is silent for SIGKILL alone, for others’ containers and for other evictions', async () => {
    expect(await judge(ran)).toEqual([]);
    expect(
      await judge(ran + line(50, 'oom', 'container container_1_0001_01_000002 killed by elastic cgroups OOM handler.')),
    ).toEqual([]);
    expect(await judge(ran + line(50, 'x.Cache', `Evicting localized files of ${containerId(2)}`))).toEqual([]);
  });
});
