import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** More than this is given as a file: a pipe cannot be read twice, so all of it goes to the temporary folder. */
export const MAX_SPOOLED_BYTES = 1 << 30;

let folder: string | null = null;
let spooled = 0;

/**
 * Writes a stream that can be read only once (standard input, a pipe) to a temporary file, which goes away with the process.
 *
 * @returns null when the stream holds more than `maxBytes`
 */
export async function spoolStream(
  stream: AsyncIterable<Uint8Array>,
  maxBytes = MAX_SPOOLED_BYTES,
): Promise<{ realPath: string; bytes: number } | null> {
  const realPath = newSpoolPath();
  const handle = await open(realPath, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > maxBytes) return null;
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  return { realPath, bytes };
}

/** A path for a new file in the temporary folder, which goes away with the process. */
export function newSpoolPath(): string {
  spooled += 1;
  return path.join(spoolFolder(), String(spooled));
}

/** The bytes of a named pipe or a process substitution, once. */
export function pipeStream(realPath: string): AsyncIterable<Uint8Array> {
  return createReadStream(realPath);
}

function spoolFolder(): string {
  if (folder === null) {
    const made = mkdtempSync(path.join(tmpdir(), 'wherefore-'));
    folder = made;
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  return folder;
}
