import { describe, expect, it } from 'vitest';
import { deviceByNumber, diskIntervals, mountOf } from './disk-intervals.ts';
import { diskFacts, diskLine } from './rules/host-disk-fixture.ts';

describe('disk intervals', () => {
  it('takes differences of neighbouring samples, with time only where both have one', () => {
    const facts = diskFacts({
      samples: [
        { at: 100, text: diskLine({ device: 'sdb', writes: 10, sectors: 100, ms: 50, busyMs: 40 }) },
        { at: 110, text: diskLine({ device: 'sdb', writes: 30, sectors: 300, ms: 250, busyMs: 140 }) },
        { at: null, text: diskLine({ device: 'sdb', writes: 31, sectors: 308, ms: 260, busyMs: 150 }) },
      ],
    });
    expect(diskIntervals(facts)).toMatchObject([
      { device: 'sdb', seconds: 10, requests: 20, bytesWritten: 200 * 512, requestMs: 10, busyMs: 100 },
      { device: 'sdb', seconds: null, requests: 1, bytesWritten: 8 * 512 },
    ]);
  });

  it('leaves out a device that was made anew', () => {
    const facts = diskFacts({
      samples: [
        { at: 100, text: diskLine({ device: 'loop5', writes: 500, sectors: 100, ms: 50, busyMs: 40 }) },
        { at: 110, text: diskLine({ device: 'loop5', writes: 3, sectors: 10, ms: 5, busyMs: 4 }) },
      ],
    });
    expect(diskIntervals(facts)).toEqual([]);
  });

  it('finds mounts of a device or its partition, and devices by number', () => {
    const facts = diskFacts({
      samples: [{ at: 1, text: diskLine({ number: [8, 32], device: 'sdc', writes: 1, sectors: 1, ms: 1, busyMs: 1 }) }],
      mounts: ['/dev/sdc1 /data1 xfs rw 0 0\n/dev/nvme0n1p2 /data2 xfs rw 0 0\n/dev/sdcx /data3 xfs rw 0 0\n'],
    });
    expect(mountOf(facts, 'sdc')?.path).toBe('/data1');
    expect(mountOf(facts, 'nvme0n1')?.path).toBe('/data2');
    expect(mountOf(facts, 'sd')).toBeNull();
    expect(deviceByNumber(facts, '8:32')).toBe('sdc');
    expect(deviceByNumber(facts, '8:48')).toBeNull();
  });
});
