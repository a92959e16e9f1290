import { closeSync, openSync, readSync } from 'node:fs';
import { logScanner } from './scan-log.ts';
import type { StartColumns } from './started-tasks.ts';
import type { TaskColumns } from './task-rows.ts';

/** A piece of a plain file: the lines whose first byte lies in it. */
export interface ByteRange {
  file: number;
  realPath: string;
  start: number;
  /** First byte that no longer belongs to it. */
  end: number;
  /** Size of the file: a last line there without a line feed is the last of all. */
  fileEnd: number;
}

/** What one range gave, in a form that can be sent between threads. Lines are counted from 1 within the range. */
export interface ScannedRange {
  columns: TaskColumns;
  length: number;
  strings: { executors: string[]; hosts: string[]; localities: string[]; reasons: string[] };
  peaks: { names: string[]; byExecutor: (Float64Array | undefined)[] };
  started: StartColumns;
  resubmitted: number[];
  lines: number;
  tooLongLines: number;
  distrusted: boolean;
  /** Lines that are handed on: their bytes one behind the other, and where each begins, ends and stood. */
  bytes: Uint8Array;
  handedOn: HandedOnLine[];
}

export interface HandedOnLine {
  from: number;
  to: number;
  line: number;
  offset: number;
  last: boolean;
  /** Row of a failed task, within the range; `null` for other events. */
  row: number | null;
}

/** Small enough to stay in the processor's cache between being read and being looked at. */
const CHUNK = 256 << 10;

/** Scans ranges of plain files one after the other, blocking: meant for a thread of its own. */
export function rangeScanner(careful: boolean): (range: ByteRange) => ScannedRange {
  let kept: Buffer[] = [];
  let handedOn: HandedOnLine[] = [];
  let keptBytes = 0;
  const keep = (bytes: Buffer, line: number, offset: number, last: boolean, row: number | null) => {
    handedOn.push({ from: keptBytes, to: keptBytes + bytes.length, line, offset, last, row });
    kept.push(Buffer.from(bytes));
    keptBytes += bytes.length;
  };
  // One scanner for all ranges: it knows the forms of the lines, and its code is made fast only once.
  const scanner = logScanner(
    {
      line: (bytes, line, offset, last) => keep(bytes, line, offset, last, null),
      failedTask: (_, bytes, line, offset, row) => keep(bytes, line, offset, false, row),
    },
    { careful },
  );
  return (range) => {
    feedRange(range, (offset) => scanner.openFile(range.file, offset));
    const { rows, strings, peaks, started, resubmitted, ...rest } = scanner.tasks;
    const scanned: ScannedRange = {
      ...rest,
      columns: copied(rows.columns()),
      length: rows.length,
      strings: {
        executors: [...strings.executors.texts],
        hosts: [...strings.hosts.texts],
        localities: [...strings.localities.texts],
        reasons: [...strings.reasons.texts],
      },
      peaks: { names: [...peaks.names.texts], byExecutor: peaks.byExecutor },
      started: copied(started.columns()),
      resubmitted: [...resubmitted],
      bytes: joined(kept, keptBytes),
      handedOn,
    };
    scanner.forgetTasks();
    kept = [];
    handedOn = [];
    keptBytes = 0;
    return scanned;
  };
}

/** The columns are used again for the next range. */
function copied<Columns extends TaskColumns | StartColumns>(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.slice()])) as Columns;
}

/** In memory of its own, which can be moved to another thread; small buffers share theirs. */
function joined(parts: readonly Buffer[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function feedRange(range: ByteRange, open: (offset: number) => { feed(chunk: Buffer): void; finish(): void }): void {
  const file = openSync(range.realPath, 'r');
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  try {
    const start = range.start === 0 ? 0 : behindNextLineFeed(file, buffer, range.start - 1, range.fileEnd);
    if (start >= range.end) return;
    const lines = open(start);
    let at = start;
    while (at < range.fileEnd) {
      const read = readSync(file, buffer, 0, Math.min(CHUNK, range.fileEnd - at), at);
      if (read === 0) break;
      const chunk = buffer.subarray(0, read);
      // The line that holds the last byte of the range is the last one that belongs to it.
      const lastByte = range.end - 1;
      const end = at + read > lastByte ? chunk.indexOf(10, Math.max(0, lastByte - at)) : -1;
      if (end >= 0) {
        lines.feed(chunk.subarray(0, end + 1));
        return;
      }
      lines.feed(chunk);
      at += read;
    }
    lines.finish();
  } finally {
    closeSync(file);
  }
}

function behindNextLineFeed(file: number, buffer: Buffer, from: number, fileEnd: number): number {
  for (let at = from; at < fileEnd; at += CHUNK) {
    const read = readSync(file, buffer, 0, Math.min(CHUNK, fileEnd - at), at);
    const found = buffer.subarray(0, read).indexOf(10);
    if (found >= 0) return at + found + 1;
    if (read === 0) break;
  }
  return fileEnd;
}
