import type { PlatformFile } from './platform.ts';

const read = new WeakSet<PlatformFile>();

/** Remembers a file whose content an investigation went through, beyond looking what it is. */
export function noteRead(file: PlatformFile): void {
  read.add(file);
}

/** True for a file that the investigation read: a capture of it needs the file. */
export function wasRead(file: PlatformFile): boolean {
  return read.has(file);
}
