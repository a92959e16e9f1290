import { describe, expect, it } from 'vitest';
import { parseDf } from './parse-df.ts';

/** As recorded in incident cache-211. */
const RECORDED = `$ df -k /data/svc/disks/data03
Filesystem     1K-blocks   Used Available Use% Mounted on
/dev/loop0        109525 106517         0 100% /data/svc/disks/data03
$ df -i /data/svc/disks/data03
Filesystem     Inodes IUsed IFree IUse% Mounted on
/dev/loop0      30720    31 30689    1% /data/svc/disks/data03
`;

describe('parseDf', () => {
  it('reads blocks and inodes apart (recorded)', () => {
    expect(parseDf(RECORDED, 'd')).toMatchObject([
      {
        device: '/dev/loop0',
        path: '/data/svc/disks/data03',
        unit: 'bytes',
        total: 109525 * 1024,
        available: 0,
        usedPercent: 100,
        quote: { fromLine: 3 },
      },
      { device: '/dev/loop0', unit: 'inodes', total: 30720, available: 30689, usedPercent: 1, quote: { fromLine: 6 } },
    ]);
  });

  it.each([
    [
      '-h',
      'Filesystem      Size  Used Avail Use% Mounted on\n/dev/sdb1       1.8T  1.8T     0 100% /data',
      1.8 * 2 ** 40,
    ],
    [
      '-T',
      'Filesystem     Type  1K-blocks  Used Available Use% Mounted on\n/dev/sdb1      xfs   1000 1000 0 100% /data',
      1000 * 1024,
    ],
    [
      '-P',
      'Filesystem     1024-blocks  Used Available Capacity Mounted on %\n/dev/sdb1 1000 1000 0 100% /data',
      1000 * 1024,
    ],
    [
      'Chinese',
      '文件系统          1K-块      已用     可用 已用% 挂载点\n/dev/sdb1 1000 1000 0 100% /data',
      1000 * 1024,
    ],
    [
      'German',
      'Dateisystem    1K-Blöcke Benutzt Verfügbar Verw% Eingehängt auf\n/dev/sdb1 1000 1000 0 100% /data',
      1000 * 1024,
    ],
    [
      'blocks of 512',
      'Filesystem 512-blocks Used Available Use% Mounted on\n/dev/sdb1 1000 1000 0 100% /data',
      512_000,
    ],
    [
      'a long name on its own line',
      'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/mapper/volume-with-a-very-long-name\n     1000 1000 0 100% /data',
      1000 * 1024,
    ],
  ])('reads %s', (_, text, total) => {
    expect(parseDf(text, 'd')).toMatchObject([
      { path: '/data', available: 0, total: Math.round(total), usedPercent: 100 },
    ]);
  });

  it('needs a heading, and reads nothing out of logs', () => {
    expect(parseDf('/dev/sdb1 1000 1000 0 100% /data', 'd')).toEqual([]);
    expect(parseDf('10:00 progress 50 60 70 100% /data\n10:01 progress 50 60 70 100% /data', 'd')).toEqual([]);
    expect(parseDf('x'.repeat(2_000_000), 'd')).toEqual([]);
  });
});
