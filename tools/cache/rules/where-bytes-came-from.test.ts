import { describe, expect, it } from 'vitest';
import { at, cacheCase, directRead, fuseSays, grown, logOf, points } from './cache-fixture.ts';
import { whereBytesCameFrom } from './where-bytes-came-from.ts';

const MB = 1_000_000;
const apply = (...asked: Parameters<typeof cacheCase>) => whereBytesCameFrom.apply(cacheCase(...asked));
const codes = (...asked: Parameters<typeof cacheCase>) => apply(...asked).map(({ code, kind }) => `${code} ${kind}`);

describe('cache/where-bytes-came-from', () => {
  it('read from below and kept: cold, and not too small', () => {
    const found = apply({ counters: grown({ ufsBytes: 170 * MB, remoteBytes: 170 * MB, usedBytes: 170 * MB }) });
    expect(found).toMatchObject([
      { code: 'cache.cold', kind: 'observed', weight: 0.9, refutes: [{ code: 'cache.capacity' }] },
    ]);
    expect(found[0]?.values).toEqual({ ufsBytes: 170 * MB, readBytes: 170 * MB });
  });

  it('a second reading that is served shows that it was cold before', () => {
    const series = (first: number, second: number) => points({ '11:05:00': 0, '11:10:00': first, '11:15:00': second });
    const [found] = apply({
      counters: { ufsBytes: series(170 * MB, 171 * MB), remoteBytes: series(170 * MB, 340 * MB) },
    });
    expect(found).toMatchObject({ code: 'cache.cold', kind: 'observed', until: at('11:10:00') });
    expect(found?.statement.en).toMatch(/162\.1 MiB read later took 976\.6 KiB from there/);
  });

  it('read from below and not kept, with nothing behind it: inferred', () => {
    expect(codes({ counters: grown({ ufsBytes: 170 * MB, remoteBytes: 170 * MB }) })).toEqual(['cache.cold inferred']);
  });

  it('evictions while much comes from below: too small', () => {
    const found = apply({
      counters: grown({ ufsBytes: 90 * MB, remoteBytes: 170 * MB, evictedBlocks: 40, capacityBytes: 64 * MB }),
    });
    expect(found).toMatchObject([{ code: 'cache.capacity', refutes: [{ code: 'cache.cold' }] }]);
    expect(found[0]?.values).toMatchObject({ evictedBlocks: 40, capacityBytes: 64 * MB });
  });

  it('a few evictions, or evictions while the cache serves, are its ordinary turnover', () => {
    expect(codes({ counters: grown({ ufsBytes: 10 * MB, remoteBytes: 170 * MB, evictedBlocks: 40 }) })).toEqual([]);
    expect(codes({ counters: grown({ ufsBytes: 90 * MB, remoteBytes: 100 * MB, evictedBlocks: 9 }) })).toEqual([
      'cache.cold inferred',
    ]);
  });

  it('a slow direct read proves the store slow; then being cold weighs less', () => {
    const counters = grown({ ufsBytes: 77 * MB, remoteBytes: 70 * MB, usedBytes: 48 * MB });
    const found = apply({ counters, directReads: [directRead(MB, 1_250)] });
    expect(found).toMatchObject([
      { code: 'cache.ufs_slow', kind: 'observed', values: { bytesPerS: 800_000, host: 'gpu-train-07' } },
      { code: 'cache.cold', weight: 0.5 },
    ]);
    const clean = { counters: grown({ ufsBytes: 0, remoteBytes: 70 * MB }) };
    expect(codes({ ...clean, directReads: [directRead(MB, 1_250)] })).toEqual([]);
  });

  it('a fast, small or distant direct read proves nothing; waits only suggest', () => {
    const counters = grown({ ufsBytes: 77 * MB, remoteBytes: 70 * MB, usedBytes: 48 * MB });
    for (const read of [directRead(100 * MB, 1_000), directRead(1_000, 900), directRead(MB, 1_250, '09:00:00')])
      expect(codes({ counters, directReads: [read] })).toEqual(['cache.cold observed']);
    const slow = { counters, slowReadS: points({ '11:10:00': 12.8 }) };
    const log = logOf('gpu-train-07', [fuseSays.mounted, fuseSays.slowRead('11:10:00')]);
    expect(codes(slow, [log])).toEqual(['cache.ufs_slow inferred', 'cache.cold observed']);
    expect(apply(slow, [log])[0]?.values).toEqual({ slowReadMs: 12_800, slowCalls: 1 });
    expect(codes({ ...slow, directReads: [directRead(100 * MB, 1_000)] })).toEqual(['cache.cold observed']);
    expect(codes({ counters, slowReadS: points({ '11:10:00': 2.9 }) })).toEqual(['cache.cold observed']);
  });

  it('counters of another time, too few bytes, one sample, none: nothing', () => {
    const early = {
      ufsBytes: points({ '09:00:00': 0, '09:10:00': 90 * MB }),
      remoteBytes: points({ '09:00:00': 0, '09:10:00': 90 * MB }),
    };
    expect(apply({ counters: early })).toEqual([]);
    expect(apply({ counters: grown({ ufsBytes: 90_000, remoteBytes: 90_000 }) })).toEqual([]);
    expect(apply({ counters: { ufsBytes: points({ '11:05:00': 90 * MB }) } })).toEqual([]);
    expect(apply()).toEqual([]);
  });
});
