import { StringDecoder } from 'node:string_decoder';
import { openChunks } from '../platform/open-chunks.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { noteRead } from '../platform/read-files.ts';
import { noteUnread } from '../platform/unread-files.ts';
import type { KernelFacts } from './kernel-facts.ts';
import { readKernelLine } from './kernel-line.ts';
import { createKernelLogParser, type KernelLogOptions } from './parse-kernel-log.ts';
import { isWrittenByUsers } from './written-by-users.ts';

/** A syslog can be of any size; what lies behind this is left out and said so. */
const MAX_LOG_BYTES = 512 << 20;
/** Longer lines are no kernel messages; only their beginning is kept. */
const MAX_LINE_CHARS = 65_536;

/** What a file's beginning says it is. */
export type KernelLogKind = 'kernel' | 'mixed';

/** Share of lines that must be the kernel's own for a file to be a kernel log (the rest: wrapped lines, markers). */
const KERNEL_SHARE = 0.8;
/** Share of lines that must look like syslog for a file of many writers. */
const SYSLOG_SHARE = 0.7;

const SYSLOG_LINE =
  /^(?:<\d{1,3}>)?(?:1 )?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,16}) (?!(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL) )\S{1,255} [\w./@-]{1,64}(?:\[\d{1,10}\])?:? /;

/** Knows a kernel log by its beginning; `null` for anything else. Files that user programs write are never one. */
export function kernelLogKind(path: string, head: string): KernelLogKind | null {
  if (isWrittenByUsers(path)) return null;
  const lines = head
    .split('\n')
    .slice(0, 60)
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return /^dmesg(?:$|[._-])/.test(path.slice(path.lastIndexOf('/') + 1)) ? 'kernel' : null;
  if (lines.length > 1 && head.length >= 4096) lines.pop();
  const kernel = lines.filter((line) => readKernelLine(line, { now: 0 }) !== null).length;
  if (kernel >= lines.length * KERNEL_SHARE) return 'kernel';
  const syslog = lines.filter((line) => SYSLOG_LINE.test(line) || isJournalLine(line)).length;
  return syslog >= lines.length * SYSLOG_SHARE ? 'mixed' : null;
}

function isJournalLine(line: string): boolean {
  return line.startsWith('{') && line.includes('"__REALTIME_TIMESTAMP"') && line.includes('"_TRANSPORT"');
}

/** Reads a kernel log file line by line with bounded memory. */
export async function readKernelLog(
  file: PlatformFile,
  options: KernelLogOptions,
  signal?: AbortSignal,
): Promise<{ facts: KernelFacts; truncated: boolean }> {
  noteRead(file);
  const parser = createKernelLogParser(options);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let bytes = 0;
  try {
    for await (const chunk of openChunks(file, { maxBytes: MAX_LOG_BYTES, ...(signal ? { signal } : {}) })) {
      bytes += chunk.length;
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARS);
      for (const line of lines) parser.push(line);
    }
  } catch (error) {
    if (signal?.aborted || (!noteUnread(file, error) && file.wrapping === 'none')) throw error;
  }
  if (rest !== '') parser.push(rest);
  return { facts: parser.finish(), truncated: bytes >= MAX_LOG_BYTES };
}
