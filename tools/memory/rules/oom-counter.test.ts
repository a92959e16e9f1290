import { describe, expect, it } from 'vitest';
import { fixtureLog, hostFacts, type SampleSpec } from './host-memory-fixture.ts';
import { oomCounter } from './oom-counter.ts';

const CONTAINER = '/hadoop-yarn/container_e12_1700000000000_0042_01_000008';

function sample(at: number | null, kills: number, hits: number, limit = '805306368'): SampleSpec {
  return {
    at,
    files: {
      'memory.limit_in_bytes': `${limit}\n`,
      'memory.max_usage_in_bytes': `${hits > 0 ? limit : '1000'}\n`,
      'memory.failcnt': `${hits}\n`,
      'memory.oom_control': `oom_kill_disable 0\nunder_oom 0\noom_kill ${kills}\n`,
    },
  };
}

describe('memory/oom-counter', () => {
  it("believes a container's counter: its life is the run", () => {
    expect(oomCounter.apply(hostFacts({ groups: { [CONTAINER]: [sample(null, 1, 900)] } }))[0]).toMatchObject({
      kind: 'observed',
      code: 'kernel.memcg_oom',
      symptom: 'process_killed',
      at: null,
      values: { oomKills: 1, failcnt: 900 },
    });
  });

  it('dates a counter that rose between two samples', () => {
    const [finding] = oomCounter.apply(
      hostFacts({ groups: { '/system.slice/x.service': [sample(100, 1, 5), sample(160, 2, 9)] } }),
    );
    expect(finding).toMatchObject({ kind: 'observed', count: 2 });
    expect(finding?.at).toBe(1_795_255_102_000 + 160_000);
  });

  it('only suspects an old service, and not even that when a log covers the time', () => {
    const groups = { '/system.slice/x.service': [sample(null, 2, 9)] };
    expect(oomCounter.apply(hostFacts({ groups }))[0]).toMatchObject({ kind: 'inferred', weight: 0.15 });
    expect(oomCounter.apply(hostFacts({ groups, log: '' }))).toEqual([]);
  });

  it('looks above when the own limit was never hit', () => {
    const groups = { '/hadoop-yarn': [sample(null, 0, 700)], [CONTAINER]: [sample(null, 1, 0)] };
    expect(oomCounter.apply(hostFacts({ groups }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.memcg_ancestor_oom',
    });
    expect(oomCounter.apply(hostFacts({ groups: { [CONTAINER]: [sample(null, 1, 0)] } }))[0]).toMatchObject({
      kind: 'inferred',
      code: 'kernel.global_oom',
    });
  });

  it('is silent when the kernel log tells of the kill, when nothing was killed, and without files', () => {
    const groups = { [CONTAINER]: [sample(null, 1, 900)] };
    expect(oomCounter.apply(hostFacts({ groups, log: fixtureLog('own-limit.dmesg.txt') }))).toEqual([]);
    expect(oomCounter.apply(hostFacts({ groups: { [CONTAINER]: [sample(null, 0, 900)] } }))).toEqual([]);
    expect(oomCounter.apply(hostFacts({}))).toEqual([]);
  });
});
