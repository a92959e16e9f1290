import { describe, expect, it } from 'vitest';
import { parseDiskstats } from './parse-diskstats.ts';

describe('parseDiskstats', () => {
  it('reads a line of 6.18 (recorded)', () => {
    const line = '   7       5 loop5 192 5 6370 305 611 711 136202 10991 0 5100 14199 0 0 0 0 359 2902';
    expect(parseDiskstats(`${line}\n`, 'd').get('loop5')).toEqual({
      device: 'loop5',
      number: '7:5',
      reads: 192,
      sectorsRead: 6370,
      readMs: 305,
      writes: 611,
      sectorsWritten: 136202,
      writeMs: 10991,
      inFlight: 0,
      busyMs: 5100,
      flushes: 359,
      flushMs: 2902,
      quote: { source: 'd', fromLine: 1, toLine: 1, excerpt: line },
    });
  });

  it('reads the eleven counters of old kernels, and no garbage', () => {
    const devices = parseDiskstats(
      '   8      16 sdb 1 2 3 4 5 6 7 8 9 10 11\nhello\n   8 x sdc 1 2 3 4 5 6 7 8 9 10 11\n 8 1 sdd 1 2 3 4 5 six 7 8 9 10 11\n',
      'd',
    );
    expect([...devices.keys()]).toEqual(['sdb']);
    expect(devices.get('sdb')).toMatchObject({ inFlight: 9, flushes: null });
  });
});
