import type { Dirent } from 'node:fs';
import { access, constants, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { count, plural, were } from '../evidence/spoken-figures.ts';
import { parseCaptureTime } from './http-index.ts';
import type { PlatformFile } from './platform.ts';

/** More files than this are not walked: a capture is small, a folder that is not would hide what matters. */
const MAX_FILES = 50_000;
const MAX_DEPTH = 40;
/** Paths named in a note; the others are counted. */
const NAMED = 3;

/** Walks `hosts/`, `hdfs/` and `user/` of a capture once. Links are not followed. */
export async function walkCapture(base: string): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const walk: Walk = { base, files: [], links: 0, unreadable: [], over: 0 };
  for (const part of ['hosts', 'hdfs', 'user']) await walkFolder(walk, [part]);
  walk.files.sort((a, b) => (a.source < b.source ? -1 : 1));
  return { files: walk.files, skipped: skippedOf(walk) };
}

/** Walks a folder that holds one sub-folder for each host, as `hosts/` of a capture does. */
export async function walkHostsFolder(folder: string): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const walk: Walk = { base: folder, under: 'hosts', files: [], links: 0, unreadable: [], over: 0 };
  await walkFolder(walk, []);
  return { files: walk.files, skipped: skippedOf(walk) };
}

/** Walks the root folder of one host. */
export async function walkHostRoot(
  root: string,
  host: string,
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const walk: Walk = { base: root, under: `hosts/${host}`, files: [], links: 0, unreadable: [], over: 0 };
  await walkFolder(walk, []);
  return { files: walk.files, skipped: skippedOf(walk) };
}

interface Walk {
  base: string;
  /** Put in front of every source, when `base` is itself one of the layout's folders. */
  under?: string;
  files: PlatformFile[];
  links: number;
  /** Paths within the capture of what may not be read or was gone. */
  unreadable: string[];
  over: number;
}

async function walkFolder(walk: Walk, parts: readonly string[]): Promise<void> {
  // What is not kept is not listed either: below the root of a host may lie millions of files.
  if (parts.length > MAX_DEPTH || walk.files.length >= MAX_FILES) {
    walk.over += 1;
    return;
  }
  const folder = path.join(walk.base, ...parts);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') walk.unreadable.push(parts.join('/'));
    return [];
  });
  for (const entry of entries) await visit(walk, [...parts, entry.name], entry);
}

async function visit(walk: Walk, parts: readonly string[], entry: Dirent): Promise<void> {
  if (entry.isSymbolicLink()) walk.links += 1;
  else if (entry.isDirectory()) await walkFolder(walk, parts);
  else if (entry.isFile()) await addFile(walk, parts);
}

async function addFile(walk: Walk, parts: readonly string[]): Promise<void> {
  if (walk.files.length >= MAX_FILES) {
    walk.over += 1;
    return;
  }
  const realPath = path.join(walk.base, ...parts);
  const info = await lstat(realPath).catch(() => null);
  const readable = await access(realPath, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (info === null || !readable) walk.unreadable.push(parts.join('/'));
  else walk.files.push(describeStored(walk.under ? [walk.under, ...parts] : parts, realPath, info.size));
}

/** What a path within the capture says by the layout alone: host, sample time, path on the host, wrapping. */
export function describeStored(parts: readonly string[], realPath: string, storedBytes: number): PlatformFile {
  const stored = parts.join('/');
  const wrapping = stored.endsWith('.gz') ? 'gzip' : stored.endsWith('.zst') ? 'zstd' : 'none';
  const source = wrapping === 'none' ? stored : stored.replace(/\.(?:gz|zst)$/, '');
  const named = source.split('/');
  if (named[0] !== 'hosts') {
    const origin = named[0] === 'hdfs' ? 'hdfs' : 'user';
    return { source, realPath, origin, path: `/${named.slice(1).join('/')}`, storedBytes, wrapping };
  }
  const sample = /^@(.+)$/.exec(named[2] ?? '');
  const sampledAt = sample ? parseCaptureTime(sample[1] ?? '') : null;
  const onHost = `/${named.slice(sample ? 3 : 2).join('/')}`;
  return {
    source,
    realPath,
    origin: 'host',
    host: named[1] ?? '',
    path: onHost,
    ...(sampledAt === null ? {} : { sampledAt }),
    storedBytes,
    wrapping,
  };
}

function skippedOf(walk: Walk): Bilingual[] {
  const skipped: Bilingual[] = [];
  if (walk.links > 0) {
    skipped.push({
      en: `${plural(walk.links, 'symbolic link')} ${were(walk.links)} not followed`,
      zh: `未跟随 ${count(walk.links)} 个符号链接`,
    });
  }
  const refused = walk.unreadable.length;
  if (refused > 0) {
    const names = walk.unreadable.slice(0, NAMED);
    const more = refused > NAMED;
    skipped.push({
      en: `${refused} ${refused === 1 ? 'folder or file' : 'folders or files'} may not be read (${names.join(', ')}${more ? ', …' : ''})`,
      zh: `${refused} 个目录或文件无权读取（${names.join('、')}${more ? ' 等' : ''}）`,
    });
  }
  if (walk.over > 0) {
    skipped.push({
      en: `at least ${plural(walk.over, 'file')} beyond the limit ${were(walk.over)} left out`,
      zh: `至少 ${count(walk.over)} 个文件超出上限，未读取`,
    });
  }
  return skipped;
}
