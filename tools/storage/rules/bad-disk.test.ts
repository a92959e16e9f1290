import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { badDisk } from './bad-disk.ts';
import { diskFacts } from './host-disk-fixture.ts';

const RECORDED = readFileSync(new URL('../fixtures/faulty-disk.dmesg.txt', import.meta.url), 'utf8');
const RW = '/dev/loop0 /data/svc/disks/data07 ext4 rw,relatime 0 0\n';

describe('storage/bad-disk', () => {
  it("puts a device's messages together (recorded)", () => {
    const mounts = ['/dev/loop0 /data/svc/disks/data07 ext4 rw,relatime,errors=remount-ro,emergency_ro 0 0\n'];
    const [finding, ...rest] = badDisk.apply([diskFacts({ log: RECORDED, mounts })]);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'storage.bad_disk',
      completeStatement: 'kernel_disk_error',
      keys: { host: 'node7', device: 'loop0', path: '/data/svc/disks/data07' },
    });
    expect(new Date(finding?.at ?? 0).toISOString()).toBe('2026-11-21T10:45:21.967Z');
    expect(finding?.evidence.at(-1)).toMatchObject({
      provenance: 'kernel',
      excerpt: expect.stringContaining('I/O error, dev loop0, sector 86018'),
    });
    expect(finding?.count).toBe(52);
  });

  it('is not alarmed by features a device does not have, nor by a mount', () => {
    const harmless = RECORDED.split('\n').filter((line) =>
      /operation not supported|mounted filesystem|capacity change/.test(line),
    );
    expect(harmless.length).toBeGreaterThan(10);
    expect(badDisk.apply([diskFacts({ log: harmless.join('\n') })])).toEqual([]);
  });

  it('only suspects a file-system error without one of the device', () => {
    const log = '[ 1.000001] EXT4-fs error (device sdb1): htree_dirblock_to_tree:914: inode #2: comm java: bad entry';
    expect(badDisk.apply([diskFacts({ log })])[0]).toMatchObject({ kind: 'inferred', weight: 0.5 });
  });

  it('sees a mount that turned read-only without a kernel line left', () => {
    const ro = RW.replace('rw,', 'ro,');
    expect(badDisk.apply([diskFacts({ mounts: [RW, ro] })])[0]).toMatchObject({
      kind: 'observed',
      keys: { device: 'loop0' },
    });
    expect(badDisk.apply([diskFacts({ mounts: [ro, ro] })])).toEqual([]);
    expect(badDisk.apply([diskFacts({ mounts: [RW, RW] })])).toEqual([]);
  });

  it('takes a full thin pool for a full disk', () => {
    const log = '[ 1.000001] critical space allocation error, dev dm-7, sector 99 op 0x1:(WRITE) flags 0x0';
    expect(badDisk.apply([diskFacts({ log })])[0]).toMatchObject({
      code: 'storage.disk_full_local',
      keys: { device: 'dm-7' },
    });
  });

  it('says nothing without a log', () => {
    expect(badDisk.apply([diskFacts({})])).toEqual([]);
  });
});
