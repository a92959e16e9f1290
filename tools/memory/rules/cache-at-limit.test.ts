import { describe, expect, it } from 'vitest';
import { cacheAtLimit } from './cache-at-limit.ts';
import { hostFacts } from './host-memory-fixture.ts';

const GROUP = '/hadoop-yarn/container_e12_1700000000000_0093_01_000006';

function facts(spec: { cache: number; rss: number; usage?: number; kills?: number; failcnt?: number }) {
  const files = {
    'memory.usage_in_bytes': `${spec.usage ?? 419430400}\n`,
    'memory.limit_in_bytes': '419430400\n',
    'memory.failcnt': `${spec.failcnt ?? 900}\n`,
    'memory.stat': `total_cache ${spec.cache}\ntotal_rss ${spec.rss}\n`,
    'memory.oom_control': `oom_kill_disable 0\nunder_oom 0\noom_kill ${spec.kills ?? 0}\n`,
  };
  return hostFacts({ groups: { [GROUP]: [{ at: null, files }] } });
}

describe('memory/cache-at-limit', () => {
  it('calls page cache at the limit healthy', () => {
    const [finding] = cacheAtLimit.apply(facts({ cache: 300_000_000, rss: 100_000_000 }));
    expect(finding).toMatchObject({ code: null, values: { cacheBytes: 300_000_000, anonBytes: 100_000_000 } });
    expect(finding?.refutes?.map((entry) => entry.code)).toEqual([
      'kernel.memcg_oom',
      'kernel.direct_reclaim',
      'memory.container_physical_limit',
    ]);
  });

  it('keeps silent when the processes hold the memory, below the limit, after a kill, and without files', () => {
    expect(cacheAtLimit.apply(facts({ cache: 41_000_000, rss: 373_000_000 }))).toEqual([]);
    expect(cacheAtLimit.apply(facts({ cache: 300_000_000, rss: 10_000_000, usage: 310_000_000 }))).toEqual([]);
    expect(cacheAtLimit.apply(facts({ cache: 300_000_000, rss: 100_000_000, kills: 1 }))).toEqual([]);
    expect(cacheAtLimit.apply(hostFacts({}))).toEqual([]);
  });
});
