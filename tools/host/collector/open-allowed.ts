import { constants, type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isPlainPath } from './allowed-paths.ts';

/** Where the files of the host lie: `/`, or where its root is mounted in a container. */
export interface HostRoot {
  /** Absolute, links resolved. */
  folder: string;
}

/** @throws when there is no such folder */
export async function hostRoot(folder: string): Promise<HostRoot> {
  return { folder: await realpath(folder) };
}

/**
 * Opens a regular file of the host for reading, when both its own path and the one that links lead to are allowed; null for anything else,
 * so that what is not there and what is not allowed look the same.
 */
export async function openAllowed(
  root: HostRoot,
  asked: string,
  allowed: (path: string) => boolean,
): Promise<FileHandle | null> {
  if (!isPlainPath(asked) || !allowed(asked)) return null;
  const real = await realpath(path.join(root.folder, asked)).catch(() => null);
  if (real === null || !isAllowedBelow(root, real, allowed)) return null;
  // A device or a pipe is not even opened: opening alone may do something.
  if (!(await lstat(real).catch(() => null))?.isFile()) return null;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
  const handle = await open(real, flags).catch(() => null);
  if (handle === null) return null;
  if (await isStill(handle, root, allowed)) return handle;
  await handle.close();
  return null;
}

/** Between the look and the opening a folder may have become a link: what was opened in the end is what counts. */
async function isStill(handle: FileHandle, root: HostRoot, allowed: (path: string) => boolean): Promise<boolean> {
  const opened = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => null);
  const info = await handle.stat();
  return info.isFile() && (opened === null || isAllowedBelow(root, opened, allowed));
}

function isAllowedBelow({ folder }: HostRoot, real: string, allowed: (path: string) => boolean): boolean {
  const prefix = folder === '/' ? '' : folder;
  return real.startsWith(`${prefix}/`) && allowed(real.slice(prefix.length));
}

/** A stretch of an open file; shorter where the file ends. */
export async function readStretch(handle: FileHandle, from: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
