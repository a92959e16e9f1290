import type { PlatformFile } from '../../tools/platform/platform.ts';
import { wasRead } from '../../tools/platform/read-files.ts';

/** What was looked at and not read (other runs' logs) is kept up to this much, so that a replay finds the same choice. */
const MAX_OTHER_BYTES = 64 << 20;
const MAX_OTHER_FILES = 5_000;

/** The files of a platform that a capture of one investigation holds, and how many it leaves out. */
export function filesToKeep(files: readonly PlatformFile[]): { kept: PlatformFile[]; leftOut: number } {
  const read = files.filter((file) => isSmallFact(file) || wasRead(file));
  const chosen = new Set(read);
  // What a collector holds and nobody read would have to be fetched first.
  const others = files
    .filter((file) => !chosen.has(file) && file.lazy === undefined)
    .sort((a, b) => a.storedBytes - b.storedBytes);
  let bytes = 0;
  const small: PlatformFile[] = [];
  for (const file of others) {
    bytes += file.storedBytes;
    if (bytes > MAX_OTHER_BYTES || small.length >= MAX_OTHER_FILES) break;
    small.push(file);
  }
  const kept = [...read, ...small];
  return { kept, leftOut: files.length - kept.length };
}

/** What the kernel and the host say of themselves, whoever reads it. */
function isSmallFact({ origin, path }: PlatformFile): boolean {
  return (
    origin === 'attachment' ||
    origin === 'user' ||
    (origin === 'host' &&
      /^\/(?:proc|sys)\/|^\/(?:btime|dmesg)\.txt$|^\/etc\/(?:timezone|localtime|sysconfig\/clock)$/.test(path))
  );
}
