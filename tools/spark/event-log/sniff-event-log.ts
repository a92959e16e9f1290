import { closeSync, openSync } from 'node:fs';
import { shortEventName } from './event-name.ts';
import { type JsonObject, numberAt, objectAt, textAt } from './json-fields.ts';
import { type LogPart, readPiece } from './log-part.ts';
import { openEventLog } from './open-event-log.ts';
import { parseEvent } from './parse-event.ts';

/** What the head of a stored file says, if it is an event log. */
export interface EventLogHead {
  applicationId: string | null;
  applicationName: string | null;
  attempt: string | null;
  user: string | null;
  startedAt: number | null;
  sparkVersion: string | null;
  /** The head holds the start of an application: the file is no mere continuation. */
  hasStart: boolean;
  /** Time of the first event with one. */
  firstEventAt: number | null;
  packed: boolean;
}

const FIRST_EVENT =
  /^\s{0,16}\{\s{0,16}"Event"\s{0,16}:\s{0,16}"(?:(?:[\w$]{1,80}\.){1,12}[\w$]{1,120}|SparkListener\w{1,80})"/;
const HEAD_BYTES = 4 << 20;
const HEAD_LINES = 40;

/** A head of which nothing is known. */
export function emptyHead(): EventLogHead {
  return {
    applicationId: null,
    applicationName: null,
    attempt: null,
    user: null,
    startedAt: null,
    sparkVersion: null,
    hasStart: false,
    firstEventAt: null,
    packed: false,
  };
}

/** Reads the head of a stored file; `null` when its first line is no Spark event, or nothing can be read. */
export async function sniffEventLog(part: LogPart, signal?: AbortSignal): Promise<EventLogHead | null> {
  const head = emptyHead();
  const open = await openEventLog(part, signal);
  head.packed = open.codecs.length > 0;
  let read: Buffer = Buffer.alloc(0);
  let lines = 0;
  let at = 0;
  for await (const chunk of open.chunks) {
    read = Buffer.concat([read, chunk]);
    if (lines === 0 && !looksLikeEvent(read)) return null;
    for (;;) {
      const end = read.indexOf(10, at);
      if (end < 0 || lines >= HEAD_LINES) break;
      takeEvent(parseEvent(read.subarray(at, end)), head);
      lines += 1;
      at = end + 1;
    }
    if (head.hasStart || lines >= HEAD_LINES || read.length > HEAD_BYTES) break;
  }
  if (read.length === 0 || !looksLikeEvent(read)) return null;
  if (lines === 0) takeEvent(parseEvent(read), head);
  return head;
}

function looksLikeEvent(bytes: Buffer): boolean {
  return FIRST_EVENT.test(bytes.toString('latin1', 0, 2_000));
}

function takeEvent(event: JsonObject | null, head: EventLogHead): void {
  if (event === null) return;
  head.firstEventAt ??= numberAt(event, 'Timestamp') ?? numberAt(event, 'Submission Time');
  switch (shortEventName(textAt(event, 'Event') ?? '')) {
    case 'SparkListenerLogStart':
      head.sparkVersion ??= textAt(event, 'Spark Version');
      break;
    case 'SparkListenerEnvironmentUpdate': {
      const properties = objectAt(event, 'Spark Properties');
      head.applicationId ??= textAt(properties, 'spark.app.id');
      head.applicationName ??= textAt(properties, 'spark.app.name');
      break;
    }
    case 'SparkListenerApplicationStart':
      head.hasStart = true;
      head.applicationId = textAt(event, 'App ID') ?? head.applicationId;
      head.applicationName = textAt(event, 'App Name') ?? head.applicationName;
      head.attempt = textAt(event, 'App Attempt ID');
      head.user = textAt(event, 'User');
      head.startedAt = numberAt(event, 'Timestamp');
      break;
  }
}

const TAIL_BYTES = 256 << 10;
/** Packed logs up to this size are unpacked whole to see how they end; larger ones are not, listing must stay cheap. */
const MAX_PACKED_TAIL = 4 << 20;

/** What the last lines of a log say. */
export interface EventLogTail {
  /** When the application ended; `null` when the log has no ApplicationEnd. */
  endedAt: number | null;
  /** The latest time an event there names. */
  lastEventAt: number | null;
}

/** Reads the end of a log's last part; `undefined` when looking would cost too much. */
export async function sniffTail(
  part: LogPart,
  packed: boolean,
  signal?: AbortSignal,
): Promise<EventLogTail | undefined> {
  const tail = await tailOf(part, packed, signal);
  return tail === undefined ? undefined : { endedAt: endIn(tail), lastEventAt: latestTimeIn(tail) };
}

/** The names under which Spark's events (1.0 to 4.1) keep the time they happened, in milliseconds. */
const EVENT_TIME = /"(?:Timestamp|Launch Time|Finish Time|Submission Time|Completion Time|time)"\s?:\s?(\d{13})\b/g;

/** Text that an event quotes has its quotation marks escaped, so it is not taken for the event's own. */
function latestTimeIn(tail: Buffer): number | null {
  let latest = 0;
  for (const [, time] of tail.toString('latin1').matchAll(EVENT_TIME)) latest = Math.max(latest, Number(time));
  return latest || null;
}

function endIn(tail: Buffer): number | null {
  const from = tail.lastIndexOf('{"Event":"SparkListenerApplicationEnd"');
  if (from < 0) return null;
  const end = tail.indexOf(10, from);
  return numberAt(parseEvent(tail.subarray(from, end < 0 ? tail.length : end)), 'Timestamp');
}

async function tailOf(part: LogPart, packed: boolean, signal?: AbortSignal): Promise<Buffer | undefined> {
  if (!packed && part.realPath !== undefined) {
    const file = openSync(part.realPath, 'r');
    try {
      const length = Math.min(TAIL_BYTES, part.storedBytes);
      return readPiece(file, part.storedBytes - length, length) ?? undefined;
    } finally {
      closeSync(file);
    }
  }
  if (part.storedBytes > MAX_PACKED_TAIL) return undefined;
  const { chunks } = await openEventLog(part, signal);
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    tail = chunk.length >= TAIL_BYTES ? chunk : Buffer.concat([tail.subarray(-TAIL_BYTES), chunk]);
  }
  return tail.subarray(-TAIL_BYTES);
}
