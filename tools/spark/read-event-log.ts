import type { Outcome } from '../evidence/outcome.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { partOfFile } from './event-log/log-part.ts';
import { readLogParts } from './event-log/read-log-parts.ts';
import type { SparkRun } from './facts.ts';

/**
 * Reads one Spark event log into facts: one file, or the parts of a rolling directory (the status marker may be among them).
 * Any codec of Spark, known by content, plain or packed once more by a capture or a person. Versions 1.0 to 4.1 were tried;
 * a later one is read as far as it is understood. Memory grows only with the number of tasks (about 300 bytes each).
 *
 * A cut, half-written or partly damaged log gives what could be read, with notes. `no_data` for an empty one, `failed` for
 * what is no event log or cannot be opened.
 *
 * @param options.workers threads that scan plain files beside this one; by default none for small files, up to three for large ones
 * @throws when `signal` aborts
 */
export async function readEventLog(
  files: readonly PlatformFile[],
  options: { signal?: AbortSignal; workers?: number } = {},
): Promise<Outcome<SparkRun>> {
  // What the asker handed in is worth no more than the asker's word, whatever it looks like.
  const handedIn = files.some(({ origin }) => origin === 'user' || origin === 'attachment');
  try {
    return await readLogParts(files.map(partOfFile), { ...options, provenance: handedIn ? 'asker' : 'engine' });
  } catch (error) {
    options.signal?.throwIfAborted();
    return notOpened(error, files[0]?.source ?? '');
  }
}

/** A file system's refusal as an outcome; anything else is our own fault and thrown on. */
function notOpened(error: unknown, source: string): Outcome<SparkRun> {
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code !== 'string' || !/^E[A-Z]{2,15}$/.test(code)) throw error;
  return {
    outcome: 'failed',
    retryable: code === 'EMFILE' || code === 'EIO' || code === 'EAGAIN',
    why: { en: `the event log ${source} cannot be read (${code})`, zh: `无法读取事件日志 ${source}（${code}）` },
  };
}
