import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openFileRoom } from './file-room.ts';

const root = mkdtempSync(path.join(tmpdir(), 'file-room-'));
afterAll(() => rmSync(root, { recursive: true }));

function leave(name: string, daysAgo = 0): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'driver.log'), 'x');
  const then = Date.now() / 1000 - daysAgo * 86_400 - 60;
  utimesSync(folder, then, then);
  return folder;
}

it('takes away what killed processes left, and nothing of those that live', async () => {
  const host = hostname().replace(/[^\w.-]/g, '_');
  const first = await openFileRoom(root);
  const open = await first.open();
  // No process has so high a number (the kernel's limit is 2^22).
  const gone = leave(`${host}~4194999~abc`);
  const earlierSelf = leave(`${host}~${process.pid}~abc`);
  const living = leave(`${host}~${process.ppid}~abc`);
  const elsewhere = leave('other-host~12~abc');
  const longElsewhere = leave('other-host~12~abd', 2);
  const foreign = leave('something else', 30);
  const second = await openFileRoom(root);
  expect([gone, earlierSelf, longElsewhere].map((folder) => existsSync(folder))).toEqual([false, false, false]);
  expect([living, elsewhere, foreign, open.folder].map((folder) => existsSync(folder))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  await open.remove();
  expect(existsSync(open.folder)).toBe(false);
  const kept = await first.open();
  await Promise.all([first.close(), second.close()]);
  expect(existsSync(kept.folder)).toBe(false);
});
