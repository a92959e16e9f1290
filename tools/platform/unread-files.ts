import type { Bilingual } from '../../knowledge/bilingual.ts';
import { count, plural } from '../evidence/spoken-figures.ts';
import type { PlatformFile } from './platform.ts';

/** What a file system says of a file that cannot be read: gone since it was listed, no right, a broken disk. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EIO',
  'ELOOP',
  'EISDIR',
  'ENOTDIR',
  'ESTALE',
  'ENXIO',
  'EINVAL',
]);

const unread = new WeakSet<PlatformFile>();

/** Remembers a file whose reading the file system refused; false when the error is another one, which is a defect of ours. */
export function noteUnread(file: PlatformFile, error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!REFUSALS.has(code)) return false;
  unread.add(file);
  return true;
}

/** True for a file that `unreadNotes` tells: whoever else counts files leaves it out, so that it is told once. */
export function isNotedUnread(file: PlatformFile): boolean {
  return unread.has(file);
}

/** Files named in the sentence; the others are counted. */
const NAMED = 3;

/** One sentence on the files whose reading was refused, for the answer; none when all were read. */
export function unreadNotes(files: readonly PlatformFile[]): Bilingual[] {
  const refused = files.filter((file) => unread.has(file));
  if (refused.length === 0) return [];
  const names = refused.slice(0, NAMED).map(({ source }) => source);
  const more = refused.length > NAMED;
  return [
    {
      en: `${plural(refused.length, 'file')} could not be read (${names.join(', ')}${more ? ', …' : ''})`,
      zh: `${count(refused.length)} 个文件无法读取（${names.join('、')}${more ? ' 等' : ''}）`,
    },
  ];
}
