import type { Provenance } from '../../knowledge/provenance.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { Writer } from '../evidence/text-record.ts';
import { findSectionHeader, keysOfSection, type SectionHeader } from './aggregated-sections.ts';
import type { ByteWindow } from './byte-window.ts';
import { classifyText, HEAD_BYTES } from './classify-log.ts';

/** The contents of a section that begins. */
export interface SectionStart {
  writer: Writer;
  provenance: Provenance;
  keys: JoinKeys;
  /** Index of the first byte of the contents. */
  start: number;
  /** Index behind the last one, when the header's length was found true. */
  end: number | null;
  head: string;
}

/** What a section mark is. */
export interface SectionMark {
  /** Where the section before ends. */
  headerStart: number;
  /** `null` for the end of a section, or for contents that are no log. */
  begins: SectionStart | null;
  /** Where the search for triggers goes on. */
  resumeAt: number;
  /** The header that began it, for the next one: Hadoop 2.x names a container once for several types. */
  header: SectionHeader | null;
}

const NEWLINE = 10;
const HEADER_BYTES = 2048;
/** A longer section is read without waiting for its end. */
const MAX_AWAITED_BYTES = 2 << 20;
const END_MARK = 'End of LogType:';
const TYPE_MARK = 'LogType:';

/**
 * What begins or ends where `LogType:` or `End of LogType:` stands; `no_section` when the mark is part of a text, `wait` when more
 * bytes are needed to tell. The header's own length is believed when the end mark stands where it says: then nothing a
 * process printed inside can pass for a header.
 */
export function sectionAt(
  window: ByteWindow,
  at: number,
  before: { floor: number; header: SectionHeader | null },
  isLast: boolean,
): SectionMark | 'no_section' | 'wait' {
  const { bytes, length } = window;
  const lineStart = at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
  if (bytes.toString('latin1', lineStart, lineStart + END_MARK.length) === END_MARK) {
    const newline = bytes.indexOf(NEWLINE, lineStart);
    const resumeAt = newline === -1 || newline >= length ? length : newline + 1;
    return { headerStart: lineStart, begins: null, resumeAt, header: before.header };
  }
  if (bytes.toString('latin1', lineStart, lineStart + TYPE_MARK.length) !== TYPE_MARK) return 'no_section';
  const wanted = HEADER_BYTES + HEAD_BYTES;
  if (!isLast && length - lineStart < wanted && window.free().length > 0) return 'wait';
  const mark = headerAt(window, lineStart, before);
  return !isLast && mark !== 'no_section' && isIncomplete(window, mark) ? 'wait' : mark;
}

function headerAt(
  window: ByteWindow,
  lineStart: number,
  before: { floor: number; header: SectionHeader | null },
): SectionMark | 'no_section' {
  const { bytes, length } = window;
  const from = Math.max(0, before.floor, lineStart - HEADER_BYTES / 2);
  const text = bytes.toString('latin1', from, Math.min(length, lineStart + HEADER_BYTES));
  const lastHeader = text.lastIndexOf('\nContainer: ', lineStart - from);
  const skip = lastHeader === -1 ? (text.startsWith('Container: ') ? 0 : -1) : lastHeader + 1;
  const header = findSectionHeader(text.slice(skip === -1 ? lineStart - from : skip), before.header ?? undefined);
  if (header === null) return 'no_section';
  const headerStart = skip === -1 ? lineStart : from + skip;
  return sectionFrom(window, header, headerStart, headerStart + header.contentStart);
}

function sectionFrom(window: ByteWindow, header: SectionHeader, headerStart: number, start: number): SectionMark {
  const { bytes, length } = window;
  const end = trueEnd(window, header, start);
  const headEnd = Math.min(length, start + HEAD_BYTES, end ?? length);
  const sample = bytes.toString('utf8', start, headEnd);
  const cut = end === null ? sample.search(/^End of LogType:/m) : -1;
  const head = cut === -1 ? sample : sample.slice(0, cut);
  const known = classifyText(head, '', header.containerId, true);
  if (known.is === 'no_log' || head.trim() === '') return { headerStart, begins: null, resumeAt: end ?? start, header };
  const keys = { ...known.keys, ...keysOfSection(header) };
  const { writer, provenance } = known;
  return { headerStart, begins: { writer, provenance, keys, start, end, head }, resumeAt: start, header };
}

/** True when the end of a section of moderate length has not been read yet: with it the header's length can be believed. */
function isIncomplete(window: ByteWindow, { begins, header }: SectionMark): boolean {
  if (!begins || begins.end !== null || header?.lengthBytes == null) return false;
  const missing = begins.start + header.lengthBytes + HEADER_BYTES - window.length;
  return header.lengthBytes < MAX_AWAITED_BYTES && missing > 0 && window.free().length > 0;
}

/** The end that the header's length gives, when the end mark (or the next header, in logs of 2.x) stands there. */
function trueEnd({ bytes, length }: ByteWindow, { lengthBytes }: SectionHeader, start: number): number | null {
  if (lengthBytes === null || start + lengthBytes > length) return null;
  const end = start + lengthBytes;
  const behind = bytes.toString('latin1', end, Math.min(length, end + 400));
  return /^\s{0,4}(?:End of LogType:|LogType:|Container: |$)/.test(behind) ? end : null;
}

/** True when the line at `at` is the first of a driver's run: `SparkContext: Running Spark version 3.5.6`. */
export function startsNewContext(bytes: Buffer, at: number): boolean {
  const lineStart = bytes.lastIndexOf(NEWLINE, at) + 1;
  const line = bytes.toString('latin1', lineStart, Math.min(bytes.length, at + 80));
  return /SparkContext: {1,2}Running Spark version \d/.test(line);
}
