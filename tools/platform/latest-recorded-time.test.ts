import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { latestRecordedTime } from './latest-recorded-time.ts';
import type { PlatformFile } from './platform.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function logged(name: string, content: string): PlatformFile {
  const realPath = path.join(folder, name);
  writeFileSync(realPath, content);
  return { source: name, realPath, origin: 'host', path: `/${name}`, storedBytes: content.length, wrapping: 'none' };
}

it('is the latest of all files, whichever of those read side by side is done last', async () => {
  const minute = (n: number) => `2026-11-21 10:${String(n).padStart(2, '0')}:00,000 INFO y: z\n`;
  // Files of different sizes are done in another order than they were begun in.
  const files = Array.from({ length: 40 }, (_, n) =>
    logged(`${n}.log`, minute((n * 17) % 40).repeat(1 + ((n * 29) % 80))),
  );
  for (let round = 0; round < 20; round += 1)
    expect(await latestRecordedTime(files, [])).toBe(Date.UTC(2026, 10, 21, 10, 39));
});
