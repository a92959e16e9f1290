import type { JoinKeys } from '../evidence/join-keys.ts';
import { parseExceptions } from '../evidence/parse-exceptions.ts';
import { cutToBytes } from '../evidence/quote-piece.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import { groupLines, type LineGroup } from './group-lines.ts';
import type { RecordOrigin } from './record-origin.ts';
import { provenanceOf } from './record-provenance.ts';

/** Longest text that a record carries, in bytes. */
export const MAX_RECORD_BYTES = 64 << 10;

/**
 * The records of a text, in order: a log record with its continuation lines and stack trace is one, a run of lines without a
 * prefix (prints, a pasted middle of a trace) is one. Lines that user code prints between the records of an engine are records
 * of their own with provenance `user_process`.
 */
export function readRecords(text: string, origin: RecordOrigin): TextRecord[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return groupLines(lines, origin).map((group) => recordOf(group, origin));
}

function recordOf(group: LineGroup, origin: RecordOrigin): TextRecord {
  const { prefix, lines, rawLines } = group;
  const text = cutToBytes(lines.join('\n'), MAX_RECORD_BYTES);
  const line = (origin.firstLine ?? 1) + group.index;
  const writer = prefix?.layout === 'kernel' ? 'kernel' : origin.writer;
  const excerpt = cutToBytes(rawLines.join('\n'));
  return {
    area: origin.area,
    writer: origin.writer === 'asker' || origin.provenance === 'asker' ? writer : origin.writer,
    provenance: provenanceOf(group, origin),
    keys: keysOf(text, origin),
    at: prefix?.at ?? null,
    level: prefix?.level ?? 'none',
    logger: prefix?.logger ?? '',
    thread: prefix?.thread ?? '',
    message: prefix?.message ?? (lines[0] ?? '').replace(/\r$/, ''),
    text,
    exceptions: prefix?.exceptions?.length ? prefix.exceptions : parseExceptions(exceptionText(group, text)),
    quote: { source: origin.source, fromLine: line, toLine: line + newlines(excerpt), excerpt },
    count: 1,
    lastAt: prefix?.at ?? null,
    order: line,
  };
}

/** The part of a record that may hold exceptions: the message without its prefix, then the lines behind it. */
function exceptionText(group: LineGroup, text: string): string {
  if (group.prefix === null) return text;
  const rest = text.indexOf('\n');
  return rest === -1 ? group.prefix.message : group.prefix.message + text.slice(rest);
}

const DAEMONS: ReadonlySet<Writer> = new Set([
  'node_manager',
  'resource_manager',
  'namenode',
  'datanode',
  'hdfs_audit',
]);
const CONTAINER_ID = /\bcontainer_(?:e\d{1,6}_)?(\d{10,16}_\d{4,10})_\d{1,6}_\d{1,10}\b/g;
const APPLICATION_ID = /\b(?:application|appattempt)_(\d{10,16}_\d{4,10})(?:_(\d{1,6}))?\b/g;
const TASK_IN_STAGE = /\bin stage (\d{1,9})\.(\d{1,9}) \(TID (\d{1,18})/;
const KEY_CHARS = 4096;

/** The text's own keys: of a daemon's record the container and application it speaks of, of Spark's the stage and task. */
function keysOf(text: string, origin: RecordOrigin): JoinKeys {
  const head = text.slice(0, KEY_CHARS);
  if (DAEMONS.has(origin.writer)) return { ...origin.keys, ...daemonKeys(head) };
  const task = TASK_IN_STAGE.exec(head);
  if (!task) return origin.keys;
  return { ...origin.keys, stageId: Number(task[1]), stageAttempt: Number(task[2]), taskId: Number(task[3]) };
}

function daemonKeys(text: string): JoinKeys {
  const containers = new Map([...text.matchAll(CONTAINER_ID)].map((found) => [found[0], found[1] ?? '']));
  const attempts = [...text.matchAll(APPLICATION_ID)];
  const applications = new Set([...containers.values(), ...attempts.map((found) => found[1] ?? '')]);
  if (applications.size !== 1) return {};
  const keys: JoinKeys = { applicationId: `application_${[...applications][0]}` };
  if (containers.size === 1) keys.containerId = [...containers.keys()][0] ?? '';
  const attempt = new Set(attempts.map((found) => found[2]).filter((value) => value !== undefined));
  if (attempt.size === 1) keys.applicationAttempt = Number([...attempt][0]);
  return keys;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
