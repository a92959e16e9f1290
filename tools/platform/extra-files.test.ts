import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { attachedFile } from './extra-files.ts';
import { readText } from './read-text.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'extra-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('attachedFile', () => {
  const log = Buffer.from('26/11/21 10:02:11 ERROR Executor: Exception in task 0.0\n');
  it.each([
    ['driver.log', log],
    ['driver.log.gz', gzipSync(log)],
    ['driver.log.zst', zstdCompressSync(log)],
  ])('%s is read as text', async (name, stored) => {
    writeFileSync(path.join(folder, name), stored);
    const file = await attachedFile(path.join(folder, name), 1);
    expect((await readText(file)).text).toBe(log.toString());
  });
});
