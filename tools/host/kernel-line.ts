/** One line of a kernel log without its prefix. */
export interface KernelLine {
  /** Seconds since boot, `null` when the line carries none. */
  stampSeconds: number | null;
  /** The line's own wall clock, milliseconds since the epoch, zone applied when printed, else read as UTC. */
  wallMs: number | null;
  host: string | null;
  /** The message as the kernel printed it. */
  body: string;
  form: 'ring_buffer' | 'syslog' | 'bare';
}

export interface LineOptions {
  /** For syslog times without a year: the year is chosen so that the time is not after this. */
  now?: number | undefined;
  /** Accept lines without any prefix, quoted or indented: for text a person pasted. */
  lenient?: boolean | undefined;
}

/** Longer lines are cut: no kernel message is longer (printk's record limit is 1 KiB, the prefix a few hundred bytes). */
const MAX_LINE = 16_384;

const STAMP = /^\[ {0,12}(\d{1,10}\.\d{6})\](?:\[ {0,8}[TC]\d{1,10}\])? ?/;
const RAW_LEVEL = /^<\d{1,3}>/;
const DECODED_LEVEL = /^[a-z0-9]{2,9} {0,6}:[a-z]{3,8} {0,6}: ?/;
const KMSG = /^\d{1,3},\d{1,20},(\d{1,18}),[^;\n]{1,200};/;
const WALL_STAMP = /^\[(\S{1,12} {1,3})?(\S{1,12}) {1,3}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\] ?/;
const ISO = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)? /;
const BSD = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: (\d{4}))? /;
/** The journal's short-full: `Sat 2026-11-21 10:22:41 UTC host kernel: `; without the weekday it is no journal. */
const SHORT_FULL = /^[^\s\d]{2,12} (\d{4}-\d\d-\d\d) (?=\d\d:\d\d:\d\d)/;
const ZONE_NAME = /^(?:UTC|[A-Z]{2,5}|[+-]\d{2,4}) (?=\S{1,255} kernel: )/;
const UNIX = /^(\d{9,11}\.\d{3,6}) /;
/** Host and tag; a log level in the host's place is a program's own log with a logger called kernel. */
const TAG = /^(?!(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE) )(\S{1,255}) kernel: ?/;
const RFC5424_TAG = /^(\S{1,255}) kernel \S{1,64} \S{1,64} (?:-|\[[^\]]{0,500}\]) ?/;

/**
 * Takes the prefix off a line of any of the tools that print the kernel log: `dmesg` plain, `-r`, `-x`, `-T` in any
 * language, `--time-format iso`, `/dev/kmsg`, syslog (BSD, ISO, RFC 5424), the journal (short, short-iso, short-precise,
 * short-full, short-unix, short-monotonic, JSON). Returns `null` for lines of other writers.
 */
export function readKernelLine(raw: string, options: LineOptions = {}): KernelLine | null {
  const line = raw.length > MAX_LINE ? raw.slice(0, MAX_LINE) : raw;
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.startsWith('{')) return readJournalJson(text);
  return readPrefixed(text, options) ?? (options.lenient ? readBare(text, options) : null);
}

function readPrefixed(text: string, options: LineOptions): KernelLine | null {
  const kmsg = KMSG.exec(text);
  if (kmsg) return ringLine(Number(kmsg[1]) / 1e6, null, text.slice(kmsg[0].length));
  const rest = text.replace(RAW_LEVEL, '').replace(DECODED_LEVEL, '');
  return readStamped(rest) ?? readWallStamped(rest) ?? readSyslog(rest, options);
}

function readStamped(text: string): KernelLine | null {
  const stamp = STAMP.exec(text);
  if (!stamp) return null;
  const body = text.slice(stamp[0].length);
  const tag = TAG.exec(body);
  if (tag) return { ...ringLine(Number(stamp[1]), null, body.slice(tag[0].length)), host: tag[1] ?? null };
  return ringLine(Number(stamp[1]), null, body);
}

function readWallStamped(text: string): KernelLine | null {
  const wall = WALL_STAMP.exec(text);
  if (!wall) return null;
  const month = monthOf(wall[2] ?? '');
  if (month === null) return null;
  const [day, hour, minute, second, year] = wall.slice(3).map(Number);
  const at = Date.UTC(year ?? 0, month, day, hour, minute, second);
  return ringLine(null, at, text.slice(wall[0].length));
}

function readSyslog(text: string, options: LineOptions): KernelLine | null {
  const timed = readTime(text.replace(/^1 (?=\d{4}-)/, '').replace(SHORT_FULL, '$1T'), options);
  if (!timed) return null;
  const rest = timed.rest.replace(ZONE_NAME, '');
  const tag = TAG.exec(rest) ?? RFC5424_TAG.exec(rest);
  if (tag) {
    const inner = rest.slice(tag[0].length);
    const stamp = STAMP.exec(inner);
    const body = stamp ? inner.slice(stamp[0].length) : inner;
    return {
      stampSeconds: stamp ? Number(stamp[1]) : null,
      wallMs: timed.at,
      host: tag[1] ?? null,
      body,
      form: 'syslog',
    };
  }
  return timed.micro ? ringLine(null, timed.at, rest) : null;
}

interface Timed {
  at: number | null;
  rest: string;
  /** `dmesg --time-format iso` prints a comma and six digits: the only ISO form without a tag. */
  micro: boolean;
}

function readTime(text: string, options: LineOptions): Timed | null {
  const iso = ISO.exec(text);
  if (iso) {
    const zone = iso[4] ?? 'Z';
    const at = Date.parse(
      `${iso[1]}T${iso[2]}.${(iso[3] ?? '0').slice(0, 3)}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`,
    );
    const micro = /^\S{19},\d{6}[+-]/.test(text);
    return { at: Number.isNaN(at) ? null : at, rest: text.slice(iso[0].length), micro };
  }
  const bsd = BSD.exec(text);
  if (bsd) return { at: bsdTime(bsd, options.now), rest: text.slice(bsd[0].length), micro: false };
  const unix = UNIX.exec(text);
  return unix ? { at: Math.round(Number(unix[1]) * 1000), rest: text.slice(unix[0].length), micro: false } : null;
}

/** A year that the line does not print is the latest one that does not lead two days beyond `now`. */
function bsdTime(parts: RegExpExecArray, now: number | undefined): number | null {
  const month = monthOf(parts[1] ?? '');
  if (month === null) return null;
  const [day, hour, minute, second] = [parts[2], parts[4], parts[5], parts[6]].map(Number);
  const ms = Number((parts[7] ?? '0').padEnd(3, '0').slice(0, 3));
  const inYear = (year: number) => Date.UTC(year, month, day, hour, minute, second, ms);
  const printed = parts[3] ?? parts[8];
  if (printed) return inYear(Number(printed));
  if (now === undefined) return null;
  const year = new Date(now).getUTCFullYear();
  return inYear(year) <= now + 2 * 86_400_000 ? inYear(year) : inYear(year - 1);
}

/** Only the fields that journald itself sets (leading underscore) are believed: a user cannot write them. */
function readJournalJson(text: string): KernelLine | null {
  if (!text.includes('"_TRANSPORT"')) return null;
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (entry._TRANSPORT !== 'kernel') return null;
  const body = journalText(entry.MESSAGE);
  if (body === null) return null;
  const micros = Number(entry.__REALTIME_TIMESTAMP);
  const monotonic = Number(entry._SOURCE_MONOTONIC_TIMESTAMP ?? Number.NaN);
  return {
    stampSeconds: Number.isFinite(monotonic) ? monotonic / 1e6 : null,
    wallMs: Number.isFinite(micros) && micros > 0 ? Math.round(micros / 1000) : null,
    host: typeof entry._HOSTNAME === 'string' ? entry._HOSTNAME : null,
    body,
    form: 'syslog',
  };
}

/** The journal prints text with unprintable bytes as an array of byte values. */
function journalText(message: unknown): string | null {
  if (typeof message === 'string') return message.slice(0, MAX_LINE);
  if (!Array.isArray(message)) return null;
  return Buffer.from(message.slice(0, MAX_LINE).map(Number)).toString('utf8');
}

/** A pasted line: quote marks and indentation off, and whatever stands before a stamp within the line. */
function readBare(text: string, options: LineOptions): KernelLine | null {
  const body = text.replace(/^[\s>|`*]{1,40}/, '');
  if (body === '') return null;
  const inner = body === text ? null : readPrefixed(body, options);
  if (inner) return inner;
  const stampAt = body.slice(0, 200).search(/\[ {0,12}\d{1,10}\.\d{6}\]/);
  const stamped = stampAt > 0 ? readStamped(body.slice(stampAt)) : null;
  if (stamped) return stamped;
  const tag = body.slice(0, 400).search(/\bkernel: /);
  const message = tag === -1 ? body : body.slice(tag + 'kernel: '.length);
  return { stampSeconds: null, wallMs: null, host: null, body: message, form: 'bare' };
}

function ringLine(stampSeconds: number | null, wallMs: number | null, body: string): KernelLine {
  return { stampSeconds, wallMs, host: null, body, form: 'ring_buffer' };
}

/** `dmesg -T` prints month names in the language of whoever ran it. */
const MONTH_LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ru', 'tr', 'zh', 'ja', 'ko'];

let months: Map<string, number> | null = null;

/** Built on first use: most logs have English names or none. */
function monthTable(): ReadonlyMap<string, number> {
  if (months) return months;
  months = new Map();
  for (const language of MONTH_LANGUAGES) {
    for (const length of ['short', 'long'] as const) {
      const names = new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' });
      for (let month = 0; month < 12; month += 1) {
        const name = names
          .format(Date.UTC(2024, month, 15))
          .toLowerCase()
          .replaceAll('.', '');
        if (!months.has(name)) months.set(name, month);
      }
    }
  }
  return months;
}

const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(name: string): number | null {
  const plain = name.toLowerCase().replaceAll('.', '');
  const english = ENGLISH.indexOf(plain);
  return english !== -1 ? english : (monthTable().get(plain) ?? null);
}
