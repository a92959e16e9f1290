import type { Stats } from 'node:fs';
import { access, constants, lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { PlatformFile } from './platform.ts';

/** A path given by the person who asks that cannot be used; the message is for that person. */
export class UnusablePathError extends Error {}

/** Files of a folder given as an event log, beyond which it is no rolling log and no log directory one would name. */
const MAX_FOLDER_FILES = 20_000;

/**
 * One attached file (`attach:N`, N from 1).
 *
 * @throws UnusablePathError when it does not exist, is no file or may not be read
 */
export async function attachedFile(given: string, number: number): Promise<PlatformFile> {
  const info = await readable(given);
  if (!info.isFile()) throw new UnusablePathError(`${given} is not a file`);
  return file(given, `attach:${number}`, 'attachment', info.size);
}

/**
 * The files of one event log given by path (`event-log:N`): a file, a rolling directory, or a directory of logs.
 *
 * @throws UnusablePathError when it does not exist or may not be read
 */
export async function eventLogFiles(given: string, number: number): Promise<PlatformFile[]> {
  const info = await readable(given);
  const source = `event-log:${number}`;
  if (info.isFile()) return [file(given, source, 'event_log', info.size)];
  if (!info.isDirectory()) throw new UnusablePathError(`${given} is neither a file nor a folder`);
  const entries = await readdir(given, { withFileTypes: true, recursive: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  if (names.length > MAX_FOLDER_FILES) {
    throw new UnusablePathError(
      `${given} holds ${names.length} files; name one log or a folder with fewer than 20,000`,
    );
  }
  const files = names.map(async (name) => {
    const inner = path.relative(given, name).split(path.sep).join('/');
    const stored = await lstat(name).catch(() => null);
    return stored ? file(name, `${source}/${inner}`, 'event_log', stored.size) : null;
  });
  return (await Promise.all(files)).filter((entry) => entry !== null).sort((a, b) => (a.source < b.source ? -1 : 1));
}

function file(realPath: string, source: string, origin: PlatformFile['origin'], storedBytes: number): PlatformFile {
  const wrapping = realPath.endsWith('.gz') && origin === 'attachment' ? 'gzip' : 'none';
  return { source, realPath, origin, path: realPath, storedBytes, wrapping };
}

async function readable(given: string): Promise<Stats> {
  try {
    const real = await realpath(given);
    const info = await lstat(real);
    await access(real, info.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
    return info;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES') throw new UnusablePathError(`no permission to read ${given}`);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UnusablePathError(`${given} does not exist`);
    throw new UnusablePathError(`${given} cannot be read (${code ?? 'unknown error'})`);
  }
}
