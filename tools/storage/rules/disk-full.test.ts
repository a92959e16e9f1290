import { describe, expect, it } from 'vitest';
import { diskFull } from './disk-full.ts';
import { diskFacts } from './host-disk-fixture.ts';

const df = (row: string, heading = 'Filesystem     1K-blocks   Used Available Use% Mounted on') => [
  { text: `${heading}\n${row}\n` },
];
const INODES = 'Filesystem     Inodes IUsed IFree IUse% Mounted on';

describe('storage/disk-full', () => {
  it('sees a file system without a free block (recorded row)', () => {
    const [finding] = diskFull.apply([
      diskFacts({ df: df('/dev/loop0        109525 106517         0 100% /data/svc/disks/data03') }),
    ]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'storage.disk_full_local',
      keys: { host: 'node7', path: '/data/svc/disks/data03', device: 'loop0' },
      values: { unit: 'bytes', available: 0, usedPercent: 100 },
      evidence: [{ provenance: 'storage', fromLine: 2 }],
    });
  });

  it('sees inodes used up while blocks are free', () => {
    expect(diskFull.apply([diskFacts({ df: df('/dev/sdb1 30720 30720 0 100% /data', INODES) })])[0]).toMatchObject({
      values: { unit: 'inodes' },
    });
  });

  it('keeps the sample that showed it, though there is room again at the end', () => {
    const full = { at: 100, text: `${INODES}\n/dev/sdb1 30720 30720 0 100% /data\n` };
    const free = { text: `${INODES}\n/dev/sdb1 30720 1 30719 1% /data\n` };
    expect(diskFull.apply([diskFacts({ df: [full, free] })])[0]?.at).toBe(1_795_255_102_000 + 100_000);
  });

  it.each([
    '/dev/sdb1        109525 99517         10 99% /data',
    '/dev/loop3        55808 55808         0 100% /snap/core/1',
    '/dev/loop3        55808 55808         0 100% /opt/image',
    '/dev/sda1        55808 55808         0 100% /boot',
    'tmpfs        0 0         0 - /sys/fs/cgroup',
  ])('is silent for %s', (row) => {
    expect(diskFull.apply([diskFacts({ df: df(row) })])).toEqual([]);
  });

  it('says nothing without df', () => {
    expect(diskFull.apply([diskFacts({})])).toEqual([]);
    expect(diskFull.apply([])).toEqual([]);
  });
});
