import { isControlFile } from '../read-groups.ts';
import { isHostFile } from '../read-host-files.ts';

/** Files of the kernel and the host's clock that are served besides those of the areas' readers. */
const FACTS =
  /^\/(?:proc\/(?:diskstats|uptime|\d{1,10}\/mounts)|etc\/(?:timezone|localtime|sysconfig\/clock)|usr\/share\/zoneinfo\/[\w+/-]{1,100})$/;
/** Limits and counters of block devices by group (cgroup version 1 and 2). */
const BLOCK_FILES = /\/(?:blkio\.throttle\.[a-z_]{1,60}|io\.(?:stat|max|pressure))$/;
/** Who logged in and what the auditor saw is nobody's business here; journals are binary. */
const PRIVATE_LOGS = /\/(?:wtmp|btmp|lastlog|faillog|tallylog|auth\.log|secure|audit|private|journal)(?:[./_-]|$)/;
const MAX_PATH = 4096;

/** An absolute path without steps up, doubled slashes or anything else that a second reader might take for another path. */
export function isPlainPath(path: string): boolean {
  if (!path.startsWith('/') || path.length > MAX_PATH || path.includes('\0')) return false;
  return path
    .slice(1)
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The kernel's files that `/v1/facts` holds: counters, limits and what processes are, never their memory or environment. */
export function isFactPath(path: string): boolean {
  if (!isPlainPath(path)) return false;
  if (path.startsWith('/sys/fs/cgroup/')) return isControlFile(path) || BLOCK_FILES.test(path);
  return isHostFile(path) || FACTS.test(path);
}

/** A log below one of the folders of logs. */
export function isLogPath(path: string, folders: readonly string[]): boolean {
  return (
    isPlainPath(path) &&
    !PRIVATE_LOGS.test(path) &&
    folders.some((folder) => path.startsWith(`${folder.replace(/\/+$/, '')}/`))
  );
}
