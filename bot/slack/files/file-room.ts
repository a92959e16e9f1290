import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

/** Where fetched files lie until their question is answered. */
export interface FileRoom {
  /** A new folder for the files of one question; `remove` when it is answered. */
  open(): Promise<{ folder: string; remove(): Promise<void> }>;
  /** Takes away all that this process still holds. */
  close(): Promise<void>;
}

/** Of a process on another host of a shared folder nobody can say whether it lives: after a day its files are nobody's. */
const ABANDONED_AFTER_MS = 24 * 3600_000;
/** Rooms that this process has open. */
const ROOMS = new Set<string>();
const NAME = /^([\w.-]{1,255})~(\d{1,10})~\w{1,20}$/;

/**
 * Opens the room of this process and takes away what processes that were killed left behind.
 *
 * @param root by default a folder of this user in the temporary folder
 * @throws when the root belongs to somebody else
 */
export async function openFileRoom(
  root = path.join(tmpdir(), `wherefore-files-${process.getuid?.() ?? 0}`),
): Promise<FileRoom> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const info = await lstat(root);
  if (!info.isDirectory() || (process.getuid && info.uid !== process.getuid())) {
    throw new Error(`${root} is not a folder of this user: files of people are not put there`);
  }
  await removeLeftOver(root);
  const own = await mkdtemp(path.join(root, `${hostPart()}~${process.pid}~`));
  ROOMS.add(own);
  return {
    async open() {
      const folder = await mkdtemp(path.join(own, 'question-'));
      return { folder, remove: async () => await rm(folder, { recursive: true, force: true }) };
    },
    async close() {
      await rm(own, { recursive: true, force: true });
      ROOMS.delete(own);
    },
  };
}

async function removeLeftOver(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (host === undefined) continue;
    const folder = path.join(root, name);
    if (ROOMS.has(folder)) continue;
    // Under our own number only a process that had it before left something: in a container it is always the same.
    const gone = Number(pid) === process.pid || !isAlive(Number(pid));
    const leftOver = host === hostPart() ? gone : await isAbandoned(folder);
    if (leftOver) await rm(folder, { recursive: true, force: true });
  }
}

function hostPart(): string {
  return hostname()
    .replace(/[^\w.-]/g, '_')
    .slice(0, 200);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const info = await lstat(folder).catch(() => null);
  return info !== null && Date.now() - info.mtimeMs > ABANDONED_AFTER_MS;
}
