import { closeSync, constants, openSync, readSync } from 'node:fs';

/** A record of `/dev/kmsg` has at most this many bytes (kernel/printk: CONSOLE_EXT_LOG_MAX). */
const RECORD_BYTES = 8192;
/** More records than any ring buffer holds (16 MiB of the shortest lines). */
const MAX_RECORDS = 400_000;
/** The event loop gets its turn after so many records. */
const TURN = 2_000;
/** Of more the latest is kept. */
const MAX_TEXT_BYTES = 8 << 20;

/** The kernel's ring buffer as raw `dmesg` lines, oldest first; null when this process may not read it. */
export async function readKernelMessages(device = '/dev/kmsg'): Promise<string | null> {
  let file: number;
  try {
    file = openSync(device, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  const lines: string[] = [];
  const buffer = Buffer.alloc(RECORD_BYTES);
  try {
    for (let records = 0; records < MAX_RECORDS; records += 1) {
      const bytes = nextRecord(file, buffer);
      if (bytes === 'end') break;
      if (bytes !== 'overwritten') lines.push(...kernelLines(buffer.toString('utf8', 0, bytes)));
      if (records % TURN === TURN - 1) await new Promise(setImmediate);
    }
  } finally {
    closeSync(file);
  }
  return latest(lines);
}

function nextRecord(file: number, buffer: Buffer): number | 'end' | 'overwritten' {
  try {
    return readSync(file, buffer, 0, buffer.length, null) || 'end';
  } catch (error) {
    // EPIPE: the kernel was faster and the record is gone; the next read goes on behind the gap. EAGAIN: nothing more is there.
    return (error as NodeJS.ErrnoException).code === 'EPIPE' ? 'overwritten' : 'end';
  }
}

/**
 * A record of `/dev/kmsg` (`priority,number,microseconds,flags;text`, Documentation/ABI/testing/dev-kmsg) as lines of `dmesg`. Only
 * what the kernel itself wrote (facility 0): any privileged process may write to the device, and such a line proves nothing about
 * the kernel.
 */
export function kernelLines(record: string): string[] {
  const parts = /^(\d{1,6}),\d{1,20},(\d{1,18}),[^;\n]{0,200};([^\n]*)/.exec(record);
  if (!parts || Number(parts[1]) >> 3 !== 0) return [];
  const microseconds = (parts[2] ?? '0').padStart(7, '0');
  const stamp = `[${microseconds.slice(0, -6).padStart(5)}.${microseconds.slice(-6)}]`;
  const text = (parts[3] ?? '').replace(/\\x([0-9a-f]{2})/g, (escaped, code: string) => {
    if (code === '0a') return '\n';
    return code === '09' || code === '5c' ? String.fromCharCode(Number.parseInt(code, 16)) : escaped;
  });
  return text.split('\n').map((line) => `${stamp} ${line}`);
}

function latest(lines: readonly string[]): string {
  let bytes = 0;
  let from = lines.length;
  while (from > 0 && bytes < MAX_TEXT_BYTES) {
    from -= 1;
    bytes += (lines[from] ?? '').length + 1;
  }
  return lines
    .slice(from)
    .map((line) => `${line}\n`)
    .join('');
}
