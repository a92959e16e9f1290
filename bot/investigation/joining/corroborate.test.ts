import { describe, expect, it } from 'vitest';
import { corroborate } from './corroborate.ts';
import { evidenceFixture, FIXTURE_AT, findingFixture } from './finding-fixture.ts';

const CONTAINER = { containerId: 'container_1700000000000_0042_01_000002' };

function heapError() {
  return findingFixture({ kind: 'inferred', code: 'memory.executor_heap_oom', keys: CONTAINER });
}

function collector(more: Parameters<typeof findingFixture>[0] = {}) {
  const evidence = [evidenceFixture({ source: 'gc.log', provenance: 'jvm' })];
  return findingFixture({ code: 'memory.gc_overhead', keys: CONTAINER, evidence, ...more });
}

describe('corroborate', () => {
  it('takes two witnesses of one process together: the program’s error and the collector’s own log', () => {
    const [seen] = corroborate([heapError(), collector()]);
    expect(seen?.kind).toBe('observed');
    expect(seen?.evidence.map(({ source }) => source)).toEqual(['gc.log', 'driver.log']);
  });

  it('needs the same process, the same time and the collector’s own word', () => {
    const others = [
      collector({ keys: { containerId: 'container_1700000000000_0042_01_000003' } }),
      collector({ at: FIXTURE_AT + 120_000 }),
      collector({ evidence: [evidenceFixture({ provenance: 'user_process' })] }),
      collector({ code: 'memory.metaspace' }),
    ];
    for (const other of others) expect(corroborate([heapError(), other])[0]?.kind).toBe('inferred');
  });

  it('believes a slow disk when the kernel’s counters and a program on that host agree', () => {
    const counters = findingFixture({
      area: 'storage',
      kind: 'inferred',
      code: 'storage.slow_disk',
      keys: { host: 'n1' },
      evidence: [evidenceFixture({ source: 'diskstats', provenance: 'kernel' })],
    });
    const measured = findingFixture({
      code: 'storage.slow_disk',
      keys: { host: 'n1' },
      evidence: [evidenceFixture({ provenance: 'user_process' })],
      symptom: 'slow',
    });
    expect(corroborate([counters, measured])[0]?.kind).toBe('observed');
    expect(corroborate([counters, { ...measured, keys: { host: 'n2' } }])[0]?.kind).toBe('inferred');
    expect(corroborate([counters])[0]?.kind).toBe('inferred');
  });
});
