import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { formatOf } from '../documents/read-document.ts';
import type { Collection } from './collection.ts';
import { type GitCheckout, gitCheckout } from './git-checkout.ts';

/** A file that is a document of a collection, found but not read. */
export interface SourceFile {
  documentId: string;
  collection: Collection;
  /** Path inside the collection, with `/` between its parts. */
  path: string;
  /** Where it lies on this machine. */
  file: string;
  /** Size, content time and state time: when none changed, the content did not. */
  stamp: string;
  /** The commit whose content it has; null outside git and for files altered since. */
  commit: string | null;
}

/** The documents of one folder. */
export interface CollectedDocuments {
  /** In the order of their paths. */
  files: SourceFile[];
  /** What could not be looked at or was passed over, one line each. */
  notes: string[];
  /** Why nothing can be said about the folder; its documents then stay as they are in the index. */
  problem: string | null;
}

/** Folders that hold no documents of the team. */
const PASSED_OVER = new Set(['node_modules', '__pycache__', 'target', 'build', 'dist', 'vendor']);
/** Guards against a folder that was not meant, such as the root of a disk. */
const MOST_FILES = 100_000;
const MOST_FOLDERS = 100_000;
const DEEPEST = 40;
/** Files asked for their state at the same time. */
const AT_ONCE = 64;

/**
 * Finds the documents of a collection: in a git checkout what git keeps, else every file of a format that is read. Hidden
 * files and folders and those of packages are passed over. Links to files are followed when what they name lies inside the
 * folder; links to folders never are, since they can go in circles.
 */
export async function collectDocuments(collection: Collection, signal?: AbortSignal): Promise<CollectedDocuments> {
  const notes: string[] = [];
  let root: string;
  try {
    root = await realpath(collection.folder);
    if (!(await stat(root)).isDirectory()) return { files: [], notes, problem: `${collection.folder}: no folder` };
    await readdir(root);
  } catch (error) {
    return { files: [], notes, problem: `${collection.folder}: ${reasonOf(error)}` };
  }
  const checkout = await gitCheckout(root, signal);
  const paths = (checkout ? trackedPaths(checkout) : await walk(root, notes, signal))
    .filter((name) => formatOf(name) !== null)
    .sort();
  if (paths.length > MOST_FILES) notes.push(`${collection.name}: only the first ${MOST_FILES} files are read`);
  const wanted = paths.slice(0, MOST_FILES);
  const files: SourceFile[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    signal?.throwIfAborted();
    const group = wanted
      .slice(at, at + AT_ONCE)
      .map(async (name) => await sourceFile(collection, root, name, checkout, notes));
    for (const found of await Promise.all(group)) if (found) files.push(found);
  }
  return { files, notes, problem: null };
}

async function sourceFile(
  collection: Collection,
  root: string,
  name: string,
  checkout: GitCheckout | null,
  notes: string[],
): Promise<SourceFile | null> {
  let file = path.join(root, name);
  try {
    let state = await lstat(file, { bigint: true });
    if (state.isSymbolicLink() || checkout !== null) {
      // A tracked path may also lie behind a linked folder.
      const real = await realpath(file);
      if (!real.startsWith(root + path.sep)) {
        notes.push(`${collection.name}/${name}: a link that leads out of the folder`);
        return null;
      }
      file = real;
      state = await stat(real, { bigint: true });
    }
    if (!state.isFile()) return null;
    return {
      documentId: `${collection.name}/${name}`,
      collection,
      path: name,
      file,
      stamp: `${state.size}-${state.mtimeNs}-${state.ctimeNs}`,
      commit: checkout === null || checkout.altered.has(name) ? null : checkout.commit,
    };
  } catch (error) {
    // A file that git keeps and somebody deleted is gone; anything else is worth a line.
    if (!isMissing(error)) notes.push(`${collection.name}/${name}: ${reasonOf(error)}`);
    return null;
  }
}

function trackedPaths({ tracked }: GitCheckout): string[] {
  return [...tracked].filter((name) => {
    const parts = name.split('/');
    return !parts.some((part, at) => isPassedOver(part, at < parts.length - 1));
  });
}

async function walk(root: string, notes: string[], signal?: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const waiting: { folder: string; depth: number }[] = [{ folder: '', depth: 0 }];
  let folders = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    signal?.throwIfAborted();
    folders++;
    if (folders > MOST_FOLDERS || found.length > MOST_FILES) {
      notes.push(`${root}: too large; only a part of it is looked at`);
      break;
    }
    const { folder, depth } = next;
    const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      notes.push(`${folder}: ${reasonOf(error)}`);
      return [];
    });
    for (const entry of entries) {
      if (isPassedOver(entry.name, entry.isDirectory())) continue;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < DEEPEST) waiting.push({ folder: name, depth: depth + 1 });
        else notes.push(`${name}: deeper than ${DEEPEST} folders`);
      } else if (entry.isFile() || entry.isSymbolicLink()) found.push(name);
    }
  }
  return found;
}

function isPassedOver(name: string, isFolder: boolean): boolean {
  return name.startsWith('.') || (isFolder && PASSED_OVER.has(name));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function reasonOf(error: unknown): string {
  if (isMissing(error)) return 'there is no such folder';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read';
  return code === 'ELOOP' ? 'a link that leads to itself' : `cannot be read (${code || 'unknown error'})`;
}
