import { type FileHandle, open } from 'node:fs/promises';
import { newSpoolPath } from './spool-stream.ts';

/** Content of a file that lies elsewhere and is fetched as it is read. */
export interface LazyContent {
  /**
   * Brings a stretch of the file to its place on this machine.
   *
   * @throws an error with a file system's code when it cannot be had, which readers tell as a file that could not be read
   */
  present(from: number, to: number): Promise<void>;
}

/** Fetched in pieces of this size: the beginning of a log, by which it is known, is one piece. */
const PIECE_BYTES = 256 << 10;

/**
 * A file of a given size on this machine whose pieces are fetched when somebody reads them, each once.
 *
 * @param fetchRange bytes of the original; null when they cannot be had (any more)
 * @param maxFetch the most that one call of `fetchRange` may be asked for
 */
export async function lazyFile(
  size: number,
  fetchRange: (from: number, bytes: number) => Promise<Buffer | null>,
  maxFetch: number,
): Promise<{ realPath: string; lazy: LazyContent }> {
  const realPath = newSpoolPath();
  const made = await open(realPath, 'w', 0o600);
  await made.truncate(size);
  await made.close();
  const pieces = new Map<number, Promise<void>>();
  const most = Math.max(1, Math.floor(maxFetch / PIECE_BYTES));

  async function bring(first: number, count: number): Promise<void> {
    const from = first * PIECE_BYTES;
    const wanted = Math.min(size, (first + count) * PIECE_BYTES) - from;
    const bytes = await fetchRange(from, wanted);
    if (bytes === null || bytes.length < wanted) throw Object.assign(new Error('the file is gone'), { code: 'ESTALE' });
    const handle: FileHandle = await open(realPath, 'r+');
    try {
      await handle.write(bytes, 0, wanted, from);
    } finally {
      await handle.close();
    }
  }

  async function present(from: number, to: number): Promise<void> {
    const last = Math.ceil(Math.min(to, size) / PIECE_BYTES);
    let at = Math.floor(Math.max(0, from) / PIECE_BYTES);
    const waited: Promise<void>[] = [];
    while (at < last) {
      const known = pieces.get(at);
      let count = 1;
      if (!known) while (count < most && at + count < last && !pieces.has(at + count)) count += 1;
      const bringing = known ?? bring(at, count);
      for (let piece = at; piece < at + count; piece += 1) pieces.set(piece, bringing);
      waited.push(bringing);
      at += count;
    }
    await Promise.all(waited);
  }

  return { realPath, lazy: { present } };
}
