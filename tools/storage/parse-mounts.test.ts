import { expect, it } from 'vitest';
import { parseMounts } from './parse-mounts.ts';

it('reads mounts, blanks in paths included, and passes over what is none', () => {
  const mounts = parseMounts(
    '/dev/loop0 /data/my\\040disk ext4 rw,relatime,errors=remount-ro,emergency_ro 0 0\nhello world\n/dev/sdb data ext4 rw 0 0\n',
    'm',
  );
  expect(mounts).toEqual([
    {
      device: '/dev/loop0',
      path: '/data/my disk',
      type: 'ext4',
      options: ['rw', 'relatime', 'errors=remount-ro', 'emergency_ro'],
      quote: {
        source: 'm',
        fromLine: 1,
        toLine: 1,
        excerpt: '/dev/loop0 /data/my\\040disk ext4 rw,relatime,errors=remount-ro,emergency_ro 0 0',
      },
    },
  ]);
});
