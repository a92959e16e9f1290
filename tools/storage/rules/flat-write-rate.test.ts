import { describe, expect, it } from 'vitest';
import { flatWriteRate } from './flat-write-rate.ts';
import { diskFacts } from './host-disk-fixture.ts';

/** As recorded in incident cache-213: three samples ten seconds apart. */
const RECORDED = [
  '   7       5 loop5 192 5 6370 305 513 524 120842 9832 0 3976 12037 0 0 0 0 299 1899',
  '   7       5 loop5 192 5 6370 305 542 584 125610 9888 0 4028 12139 0 0 0 0 319 1945',
  '   7       5 loop5 192 5 6370 305 578 645 130394 10048 0 4176 12422 0 0 0 0 337 2068',
];
const MOUNTS = ['/dev/loop5 /data/svc/disks/data05 ext4 rw,relatime 0 0\n'];
const samples = (lines: readonly string[]) => lines.map((text, at) => ({ at: 100 + at * 10, text }));

describe('storage/flat-write-rate', () => {
  it('suspects a rate limit where every interval writes the same (recorded)', () => {
    const [finding] = flatWriteRate.apply([diskFacts({ samples: samples(RECORDED), mounts: MOUNTS })]);
    expect(finding).toMatchObject({
      kind: 'inferred',
      code: 'storage.slow_disk',
      keys: { host: 'node7', device: 'loop5', path: '/data/svc/disks/data05' },
      values: { intervals: 2, bytesPerSecond: Math.round(((4768 + 4784) * 512) / 20) },
    });
  });

  it('suspects it for few large reads too, one request more or less (recorded: 300,000 bytes a second were allowed)', () => {
    const reads = [
      '   7       1 loop1 257 2 55616 195 298 153 506450 2121 0 636 2380 2 0 614402 0 12 63',
      '   7       1 loop1 267 2 60736 197 298 153 506450 2121 0 636 2382 2 0 614402 0 12 63',
      '   7       1 loop1 276 2 65344 202 298 153 506450 2121 0 636 2386 2 0 614402 0 12 63',
    ];
    const mounts = ['/dev/loop1 /data8 ext4 rw,relatime 0 0\n'];
    const [finding] = flatWriteRate.apply([diskFacts({ samples: samples(reads), mounts })]);
    expect(finding?.statement.en).toContain('Reads from');
    expect(finding?.values).toMatchObject({ bytesPerSecond: Math.round(((65344 - 55616) * 512) / 20) });
    const moving = [...reads.slice(0, 2), reads[2]?.replace('65344', '75344') ?? ''];
    expect(flatWriteRate.apply([diskFacts({ samples: samples(moving), mounts })])).toEqual([]);
  });

  it('is silent when the rate moves, with two samples only, for the root disk and for what is not mounted', () => {
    const moving = [...RECORDED.slice(0, 2), RECORDED[2]?.replace('130394', '128394') ?? ''];
    expect(flatWriteRate.apply([diskFacts({ samples: samples(moving), mounts: MOUNTS })])).toEqual([]);
    expect(flatWriteRate.apply([diskFacts({ samples: samples(RECORDED.slice(0, 2)), mounts: MOUNTS })])).toEqual([]);
    expect(
      flatWriteRate.apply([diskFacts({ samples: samples(RECORDED), mounts: ['/dev/loop5 / ext4 rw 0 0\n'] })]),
    ).toEqual([]);
    expect(flatWriteRate.apply([diskFacts({ samples: samples(RECORDED) })])).toEqual([]);
    expect(flatWriteRate.apply([diskFacts({})])).toEqual([]);
  });
});
