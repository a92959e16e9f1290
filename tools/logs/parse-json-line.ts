import { parseExceptions } from '../evidence/parse-exceptions.ts';
import type { ExceptionLink } from '../evidence/text-record.ts';
import { levelOf } from './log-level.ts';
import type { Prefix } from './parse-prefix.ts';
import { parseTime, type TimeContext } from './parse-time.ts';

const TIME_KEYS = ['ts', '@timestamp', 'timestamp', 'timeMillis', 'time', 'instant', 'datetime', 'date', 'asctime'];
const LEVEL_KEYS = ['level', 'log.level', 'severity', 'levelname', 'loglevel', 'log_level'];
const LOGGER_KEYS = ['logger', 'loggerName', 'log.logger', 'logger_name', 'name', 'class'];
const THREAD_KEYS = ['thread', 'threadName', 'thread_name', 'process.thread.name'];
const MESSAGE_KEYS = ['msg', 'message', 'event', '@message'];
const MAX_LINKS = 32;
const MAX_FRAMES = 12;
const MAX_MESSAGE_CHARS = 4096;

type Fields = Readonly<Record<string, unknown>>;

/**
 * A log record laid out as one JSON object per line: Spark 4 structured logging, log4j 2 JsonLayout and JsonTemplateLayout,
 * ECS, logback's encoder, structlog (Airflow 3), python-json-logger. `null` for JSON that is no log record: without a message, or with
 * neither time nor level.
 */
export function parseJsonLine(line: string, context: TimeContext = {}): Prefix | null {
  const fields = parseObject(line);
  if (fields === null) return null;
  const message = firstString(fields, MESSAGE_KEYS);
  const level = levelOf(firstString(fields, LEVEL_KEYS) ?? nestedString(fields, 'log', 'level') ?? '');
  const at = firstTime(fields, context);
  if (message === null || (level === undefined && at === null)) return null;
  return {
    at,
    level: level ?? 'none',
    logger: firstString(fields, LOGGER_KEYS) ?? nestedString(fields, 'log', 'logger') ?? '',
    thread: firstString(fields, THREAD_KEYS) ?? '',
    message,
    layout: 'json',
    exceptions: exceptionsOf(fields, message),
  };
}

/** The text inside a line of Docker's json-file driver (`{"log":"…\n","stream":"stderr","time":"…"}`), or `null`. */
export function dockerLogText(line: string): string | null {
  if (!line.startsWith('{"log":"')) return null;
  const fields = parseObject(line);
  const log = fields?.log;
  return typeof log === 'string' && typeof fields?.stream === 'string' ? log.replace(/\n$/, '') : null;
}

function parseObject(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function firstString(fields: Fields, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = own(fields, key);
    if (typeof value === 'string') return value;
  }
  return null;
}

function nestedString(fields: Fields, outer: string, inner: string): string | null {
  const value = own(fields, outer);
  return isFields(value) ? firstString(value, [inner]) : null;
}

function firstTime(fields: Fields, context: TimeContext): number | null {
  for (const key of TIME_KEYS) {
    const value = own(fields, key);
    if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value < 1e11 ? value * 1000 : value);
    if (typeof value === 'string') {
      const time = parseTime(value, 0, context);
      if (time?.at != null && time.kind !== 'clock') return time.at;
    }
    if (isFields(value)) {
      const seconds = own(value, 'epochSecond');
      const nanos = own(value, 'nanoOfSecond');
      if (typeof seconds === 'number')
        return seconds * 1000 + (typeof nanos === 'number' ? Math.trunc(nanos / 1e6) : 0);
    }
  }
  return null;
}

function exceptionsOf(fields: Fields, message: string): readonly ExceptionLink[] {
  const nested = own(fields, 'exception') ?? own(fields, 'thrown');
  if (isFields(nested)) return chainOf(nested);
  const details = own(fields, 'error_detail');
  if (Array.isArray(details)) return details.filter(isFields).slice(0, MAX_LINKS).map(structlogLink).reverse();
  const error = own(fields, 'error');
  const errorType = firstString(fields, ['error.type']) ?? (isFields(error) ? firstString(error, ['type']) : null);
  const trace =
    firstString(fields, ['error.stack_trace', 'stack_trace', 'exc_info', 'exception', 'stacktrace', 'throwable']) ??
    (isFields(error) ? firstString(error, ['stack_trace']) : null);
  if (trace !== null) return parseExceptions(trace);
  if (errorType === null) return parseExceptions(message);
  const text = firstString(fields, ['error.message']) ?? (isFields(error) ? firstString(error, ['message']) : null);
  return [{ className: errorType, message: (text ?? '').slice(0, MAX_MESSAGE_CHARS), frames: [] }];
}

/** Spark 4 (`class`, `msg`, `stacktrace`) and log4j 2 (`name`, `message`, `extendedStackTrace`, `cause`). */
function chainOf(outermost: Fields): ExceptionLink[] {
  const links: ExceptionLink[] = [];
  let current: unknown = outermost;
  while (isFields(current) && links.length < MAX_LINKS) {
    const stack: unknown =
      own(current, 'stacktrace') ??
      own(current, 'stack_trace') ??
      own(current, 'extendedStackTrace') ??
      own(current, 'stackTrace');
    const text: string = (firstString(current, ['msg', 'message', 'localizedMessage']) ?? '').slice(
      0,
      MAX_MESSAGE_CHARS,
    );
    const className: string | null = firstString(current, ['class', 'name', 'exception_class', 'type']);
    const traced = typeof stack === 'string' ? parseExceptions(stack) : [];
    if (traced.length > 0) return [...links, ...traced].slice(0, MAX_LINKS);
    if (className !== null) links.push({ className, message: text, frames: framesOf(stack) }, ...innerLinks(text));
    current = own(current, 'cause');
  }
  return links.slice(0, MAX_LINKS);
}

/** What a message quotes of another exception ("Lost task …: java.io.IOException: …"). */
function innerLinks(message: string): ExceptionLink[] {
  return parseExceptions(`x.Exception: ${message}`).slice(1);
}

function framesOf(stack: unknown): string[] {
  if (!Array.isArray(stack)) return [];
  return stack
    .filter(isFields)
    .slice(0, MAX_FRAMES)
    .map((frame) => {
      const file = firstString(frame, ['file', 'fileName']) ?? 'Unknown Source';
      const line = own(frame, 'line') ?? own(frame, 'lineNumber');
      const position = typeof line === 'number' || typeof line === 'string' ? `${file}:${line}` : file;
      return `at ${firstString(frame, ['class', 'className']) ?? ''}.${firstString(frame, ['method', 'methodName']) ?? ''}(${position})`;
    });
}

function structlogLink(detail: Fields): ExceptionLink {
  const frames = own(detail, 'frames');
  const lines = Array.isArray(frames) ? frames.filter(isFields).slice(-MAX_FRAMES) : [];
  return {
    className: firstString(detail, ['exc_type']) ?? '',
    message: (firstString(detail, ['exc_value']) ?? '').slice(0, MAX_MESSAGE_CHARS),
    frames: lines.map(
      (f) =>
        `File "${firstString(f, ['filename']) ?? ''}", line ${String(own(f, 'lineno'))}, in ${firstString(f, ['name']) ?? ''}`,
    ),
  };
}
