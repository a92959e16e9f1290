import { describe, expect, it } from 'vitest';
import { cacheCase, fuseSays, grown, logOf, masterSays, points, silence } from './cache-fixture.ts';
import { servedWell } from './served-well.ts';

const MB = 1_000_000;
const WELL = { counters: grown({ ufsBytes: MB, remoteBytes: 170 * MB }) };

describe('cache/served-well', () => {
  it('held what was read, threw nothing out, answered: speaks against every trouble of the cache', () => {
    const found = servedWell.apply(cacheCase(WELL));
    expect(found).toMatchObject([{ code: null, echo: true, values: { readBytes: 170 * MB, ufsBytes: MB } }]);
    expect(found[0]?.refutes?.map(({ code }) => code)).toEqual([
      'cache.cold',
      'cache.capacity',
      'cache.ufs_slow',
      'cache.worker_lost',
      'cache.master_gc',
      'cache.master_unresponsive',
      'cache.fuse_crash',
    ]);
    expect(found[0]?.evidence).toHaveLength(3);
  });

  it('trouble of another time does not spoil it', () => {
    const log = logOf('alx-master-0', [masterSays.here, masterSays.lost('09:00:00', 'alx-worker-1', 43_000)]);
    expect(servedWell.apply(cacheCase(WELL, [log]))).toHaveLength(1);
  });

  it('any doubt silences it', () => {
    const fuse = (line: string) => logOf('gpu-train-07', [fuseSays.mounted, line]);
    const doubtful = [
      cacheCase({ counters: grown({ ufsBytes: 20 * MB, remoteBytes: 170 * MB }) }),
      cacheCase({ counters: grown({ ufsBytes: MB, remoteBytes: 170 * MB, evictedBlocks: 10 }) }),
      cacheCase({ ...WELL, silences: [silence({})] }),
      cacheCase({ ...WELL, slowReadS: points({ '11:10:00': 3 }) }),
      cacheCase(WELL, [fuse(fuseSays.readFailed('11:10:12', 'alx-worker-1'))]),
      cacheCase(WELL, [fuse(fuseSays.slowRead('11:10:00'))]),
      cacheCase({ counters: grown({ ufsBytes: 0, remoteBytes: 1_000 }) }),
      cacheCase(),
    ];
    for (const one of doubtful) expect(servedWell.apply(one)).toEqual([]);
  });

  it('a long pause, or many short ones, is trouble; one short one is not', () => {
    const master = (...lines: string[]) => [logOf('alx-master-0', [masterSays.here, ...lines])];
    const short = (clock: string) => masterSays.paused(clock, 2_818);
    expect(servedWell.apply(cacheCase(WELL, master(masterSays.paused('11:10:00', 158_756))))).toEqual([]);
    const many = ['11:06:00', '11:07:00', '11:08:00', '11:09:00'].map(short);
    expect(servedWell.apply(cacheCase(WELL, master(...many)))).toEqual([]);
    expect(servedWell.apply(cacheCase(WELL, master(short('11:06:00'))))).toHaveLength(1);
  });
});
