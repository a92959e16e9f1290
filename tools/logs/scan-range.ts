import { closeSync, openSync, readSync } from 'node:fs';
import { LogScanner } from './log-scanner.ts';
import type { RangeScan } from './scan-file.ts';
import type { ScannedSection } from './scan-plan.ts';
import { triggerSet } from './trigger-set.ts';

/** Bytes read at a time: large enough to keep the call's cost out of the picture, small enough to stay in the cache. */
const READ_BYTES = 1 << 20;

/** Scans one stretch of a file without giving way to anything else: for a thread of its own. */
export function scanRange({ realPath, from, to, plan, choice, sample }: RangeScan): ScannedSection[] {
  const scanner = new LogScanner(plan, triggerSet(choice, sample), to - from, from);
  const file = openSync(realPath, 'r');
  try {
    for (let at = from; at < to; ) {
      const free = scanner.window.free();
      const wanted = Math.min(free.length, READ_BYTES, to - at);
      const read = readSync(file, free, 0, wanted, at);
      if (read === 0) break;
      scanner.filled(read);
      at += read;
    }
  } finally {
    closeSync(file);
  }
  return scanner.end();
}
