import { describe, expect, it } from 'vitest';
import { FIXTURE_AT, findingFixture } from '../joining/finding-fixture.ts';
import { deathsOf, ownerOf, toldDeath } from './deaths.ts';

const CONTAINER = { applicationId: 'application_1700000000000_0042', containerId: 'container_8', host: 'n2' };
const killed = findingFixture({ area: 'memory', code: 'kernel.memcg_oom', keys: { ...CONTAINER, pid: 7 } });
const exited = findingFixture({ area: 'yarn', symptom: 'container_exited', keys: CONTAINER, at: FIXTURE_AT + 2_000 });
const lost = findingFixture({
  symptom: 'executor_lost',
  keys: { ...CONTAINER, executorId: '3' },
  at: FIXTURE_AT + 3_000,
});

describe('deathsOf', () => {
  it('makes one end of what kernel, NodeManager and driver tell of one process, and says it as the kernel does', () => {
    const [death, ...others] = deathsOf([lost, exited, killed]);
    expect(others).toEqual([]);
    expect(death).toMatchObject({ best: killed, at: FIXTURE_AT, keys: { executorId: '3', pid: 7 } });
  });

  it('keeps two containers apart, in the order of time', () => {
    const later = { ...exited, keys: { ...CONTAINER, containerId: 'container_9' }, at: FIXTURE_AT + 60_000 };
    expect(deathsOf([later, killed, exited]).map(({ keys }) => keys.containerId)).toEqual([
      'container_8',
      'container_9',
    ]);
  });

  it('leaves out what only echoes, what is slow, and what is inferred', () => {
    const echo = { ...exited, echo: true as const };
    const slow = findingFixture({ symptom: 'slow', keys: CONTAINER });
    const guessed = { ...killed, kind: 'inferred' as const };
    expect(deathsOf([echo, slow, guessed])).toEqual([]);
    expect(deathsOf([echo, killed])).toHaveLength(1);
  });

  it('tells a service once for a round of users, and again later', () => {
    const gone = (at: number) => findingFixture({ area: 'cache', code: 'cache.fuse_crash', keys: { host: 'n2' }, at });
    expect(deathsOf([gone(FIXTURE_AT), gone(FIXTURE_AT + 30_000), gone(FIXTURE_AT + 600_000)])).toHaveLength(2);
  });
});

describe('whose it was', () => {
  const candidates = [{ id: CONTAINER.applicationId, names: ['order_wide'] }] as unknown as Parameters<
    typeof ownerOf
  >[1];

  it('is the job with its id and executor, the pod, or the group', () => {
    expect(ownerOf({ ...CONTAINER, executorId: '3' }, candidates)?.en).toBe(
      `order_wide (${CONTAINER.applicationId}), executor 3`,
    );
    expect(ownerOf(CONTAINER, [])?.zh).toBe(CONTAINER.applicationId);
    expect(ownerOf({ podName: 'pod-1', containerId: 'a'.repeat(64) }, [])?.en).toBe('pod-1');
    expect(ownerOf({ cgroupPath: '/system.slice/dn.service' }, [])?.zh).toBe('控制组 /system.slice/dn.service');
    expect(ownerOf({ host: 'n2' }, [])).toBeNull();
  });

  it('stands before what happened, with a piece of each source', () => {
    const [death] = deathsOf([killed, exited]);
    const told = toldDeath(death as NonNullable<typeof death>, candidates);
    expect(told.statement.en).toBe(`order_wide (${CONTAINER.applicationId}): ${killed.statement.en}`);
    expect(told.evidence).toHaveLength(1);
  });
});
