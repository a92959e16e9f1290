import type { Dirent, Stats } from 'node:fs';
import { access, constants, lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { PlatformFile } from './platform.ts';
import { pipeStream, spoolStream } from './spool-stream.ts';

/** A path given by the person who asks that cannot be used; the message is for that person. */
export class UnusablePathError extends Error {}

/** Files of a folder given as an event log, beyond which it is no rolling log and no log directory one would name. */
const MAX_FOLDER_FILES = 20_000;
const MAX_DEPTH = 12;

/** What a path on the command line stands for, with what could not be read of it. */
export interface GivenFiles {
  files: PlatformFile[];
  skipped: Bilingual[];
}

/**
 * One attached file (`attach:N`, N from 1). A pipe (`<(zcat driver.log.gz)`) is read once into a temporary file.
 *
 * @throws UnusablePathError when it does not exist, is no file or may not be read
 */
export async function attachedFile(given: string, number: number): Promise<PlatformFile> {
  const info = await readable(given);
  const source = `attach:${number}`;
  if (info.isDirectory()) throw new UnusablePathError(`${given} is a folder, not a file; attach its files one by one`);
  // A file of the kernel's own file systems (/proc, /sys) says it has no bytes until it is read.
  const isPlain = info.isFile() && info.size > 0;
  return isPlain ? file(given, source, 'attachment', info.size) : await pipedFile(given, source, 'attachment', info);
}

/**
 * The files of one event log given by path (`event-log:N`): a file, a pipe, a rolling directory, or a directory of logs.
 *
 * @throws UnusablePathError when it does not exist or may not be read
 */
export async function eventLogFiles(given: string, number: number): Promise<GivenFiles> {
  const info = await readable(given);
  const source = `event-log:${number}`;
  if (info.isFile()) return { files: [file(given, source, 'event_log', info.size)], skipped: [] };
  if (!info.isDirectory()) return { files: [await pipedFile(given, source, 'event_log', info)], skipped: [] };
  const walk: FolderWalk = { root: given, source, files: [], unreadable: 0 };
  await walkFolder(walk, [], await readdir(given, { withFileTypes: true }));
  walk.files.sort((a, b) => (a.source < b.source ? -1 : 1));
  return { files: walk.files, skipped: skippedOf(given, walk) };
}

interface FolderWalk {
  root: string;
  source: string;
  files: PlatformFile[];
  unreadable: number;
}

async function walkFolder(walk: FolderWalk, parts: readonly string[], entries: readonly Dirent[]): Promise<void> {
  for (const entry of entries) {
    const inner = [...parts, entry.name];
    const realPath = path.join(walk.root, ...inner);
    if (entry.isDirectory() && inner.length < MAX_DEPTH) {
      const below = await readdir(realPath, { withFileTypes: true }).catch(() => null);
      if (below === null) walk.unreadable += 1;
      else await walkFolder(walk, inner, below);
    } else if (entry.isFile()) await addFile(walk, inner, realPath);
  }
}

async function addFile(walk: FolderWalk, inner: readonly string[], realPath: string): Promise<void> {
  if (walk.files.length >= MAX_FOLDER_FILES) {
    throw new UnusablePathError(`${walk.root} holds more than 20,000 files; name one log or a smaller folder`);
  }
  const info = await lstat(realPath).catch(() => null);
  if (info === null) walk.unreadable += 1;
  else walk.files.push(file(realPath, `${walk.source}/${inner.join('/')}`, 'event_log', info.size));
}

function skippedOf(given: string, { files, unreadable }: FolderWalk): Bilingual[] {
  return [
    ...(unreadable > 0
      ? [
          {
            en: `${unreadable} ${unreadable === 1 ? 'folder or file' : 'folders or files'} of ${given} could not be read`,
            zh: `${given} 中有 ${unreadable} 个目录或文件无法读取`,
          },
        ]
      : []),
    ...(files.length === 0 ? [{ en: `${given} holds no files`, zh: `${given} 里没有文件` }] : []),
  ];
}

function file(realPath: string, source: string, origin: PlatformFile['origin'], storedBytes: number): PlatformFile {
  // The packing of an event log is known by its content.
  const wrapping = origin === 'attachment' ? wrappingOf(realPath) : 'none';
  return { source, realPath, origin, path: realPath, storedBytes, wrapping };
}

function wrappingOf(realPath: string): PlatformFile['wrapping'] {
  if (realPath.endsWith('.gz')) return 'gzip';
  return realPath.endsWith('.zst') ? 'zstd' : 'none';
}

/** A pipe or a terminal can be read only once; a block device is nobody's log. */
async function pipedFile(
  given: string,
  source: string,
  origin: PlatformFile['origin'],
  info: Stats,
): Promise<PlatformFile> {
  if (!info.isFIFO() && !info.isCharacterDevice() && !info.isFile())
    throw new UnusablePathError(`${given} is neither a file nor a pipe`);
  const spooled = await spoolStream(pipeStream(given));
  if (spooled === null) throw new UnusablePathError(`${given} gives more than 1 GiB; save it to a file and name that`);
  return { source, realPath: spooled.realPath, origin, path: given, storedBytes: spooled.bytes, wrapping: 'none' };
}

async function readable(given: string): Promise<Stats> {
  try {
    const info = await stat(given);
    await access(given, info.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
    return info;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES') throw new UnusablePathError(`no permission to read ${given}`);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UnusablePathError(`${given} does not exist`);
    throw new UnusablePathError(`${given} cannot be read (${code ?? 'unknown error'})`);
  }
}
