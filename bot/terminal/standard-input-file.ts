import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UnusablePathError } from '../../tools/platform/extra-files.ts';
import type { PlatformFile } from '../../tools/platform/platform.ts';

/** More than this is no paste; a larger text is given as a file. */
const MAX_BYTES = 256 << 20;

/** Standard input as an attachment: spooled to a temporary file, which goes away with the process. */
export async function standardInputFile(number: number): Promise<PlatformFile> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const realPath = path.join(folder, 'stdin');
  const handle = await open(realPath, 'w', 0o600);
  let storedBytes = 0;
  try {
    for await (const chunk of process.stdin) {
      storedBytes += chunk.length;
      if (storedBytes > MAX_BYTES)
        throw new UnusablePathError('standard input is larger than 256 MiB; attach it as a file');
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  return { source: `attach:${number}`, realPath, origin: 'attachment', path: '-', storedBytes, wrapping: 'none' };
}
