import { closeSync, openSync } from 'node:fs';
import { type LogPart, readPiece } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';
import type { LineAddress } from './started-tasks.ts';

/**
 * Reads single lines of a log a second time, by their place: the tasks that turned out to be worth keeping. Plain files are
 * read at the offset; packed ones are unpacked once more, up to the last line wanted. Calls `onLine` once for each that is
 * still there, in the order of the file.
 */
export async function readLinesAgain(
  part: LogPart,
  packed: boolean,
  wanted: readonly LineAddress[],
  onLine: (address: LineAddress, bytes: Buffer) => void,
  signal?: AbortSignal,
): Promise<void> {
  const inOrder = [...wanted].sort((a, b) => a.offset - b.offset);
  if (inOrder.length === 0) return;
  if (packed || part.realPath === undefined) await fromPacked(part, inOrder, onLine, signal);
  else fromPlain(part.realPath, inOrder, onLine);
}

function fromPlain(
  realPath: string,
  wanted: readonly LineAddress[],
  onLine: (address: LineAddress, bytes: Buffer) => void,
): void {
  const file = openSync(realPath, 'r');
  try {
    for (const address of wanted) {
      const bytes = readPiece(file, address.offset, address.length);
      if (bytes !== null) onLine(address, bytes);
    }
  } finally {
    closeSync(file);
  }
}

async function fromPacked(
  part: LogPart,
  wanted: readonly LineAddress[],
  onLine: (address: LineAddress, bytes: Buffer) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { chunks } = await openEventLog(part, signal);
  let next = 0;
  let chunkStart = 0;
  let parts: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    const chunkEnd = chunkStart + chunk.length;
    for (;;) {
      const address = wanted[next];
      if (address === undefined) return;
      const from = address.offset + held;
      if (from >= chunkEnd) break;
      const part = chunk.subarray(
        from - chunkStart,
        Math.min(chunk.length, address.offset + address.length - chunkStart),
      );
      parts.push(part);
      held += part.length;
      if (held < address.length) break;
      onLine(address, Buffer.concat(parts, held));
      parts = [];
      held = 0;
      next += 1;
    }
    // A line that goes on in the next chunk: keep a copy of its beginning, not the chunk.
    parts = parts.map((part) => Buffer.from(part));
    chunkStart = chunkEnd;
  }
}
