import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody else writes the index. */
export class IndexBusyError extends Error {}

/** The right to write one index; given back by `release` or by the end of the process, however it ends. */
export interface WriterLock {
  release(): void;
}

/** How often a waiting writer asks again. */
const POLL_MS = 100;

/**
 * Takes the right to write an index. It is an exclusive transaction on a small SQLite file beside the index: the kernel frees
 * it with the process, so that a writer that was killed leaves nothing to clear up. For object storage the file lies in
 * the temporary folder of this machine: writers on several machines have to be kept apart by whoever starts them, and the
 * commits of the index itself refuse a second writer of the same state.
 *
 * @throws IndexBusyError when another writer has it and does not give it back within `waitMs`
 */
export async function takeWriterLock(uri: string, waitMs: number, signal?: AbortSignal): Promise<WriterLock> {
  const database = new DatabaseSync(lockFile(uri), { timeout: 0 });
  const until = Date.now() + waitMs;
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return { release: () => database.close() };
    } catch (error) {
      if (!isBusy(error)) {
        database.close();
        throw error;
      }
      if (Date.now() >= until) {
        database.close();
        throw new IndexBusyError('another process is writing the index');
      }
      await sleep(POLL_MS, undefined, signal ? { signal } : {}).catch((reason: unknown) => {
        database.close();
        throw reason;
      });
    }
  }
}

function lockFile(uri: string): string {
  if (!/^[a-z0-9+]+:\/\//i.test(uri)) {
    mkdirSync(uri, { recursive: true });
    return path.join(uri, 'writer.sqlite');
  }
  const name = createHash('sha256').update(uri).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `wherefore-index-${name}.sqlite`);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is (?:locked|busy)/i.test(error.message);
}
