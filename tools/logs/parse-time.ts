/** How to read a time that leaves something out. */
export interface TimeContext {
  /** Offset of the writer's clock from UTC when the text names no zone; 0 (UTC) by default. */
  zoneOffsetMinutes?: number;
  /** A time near the text (milliseconds since the epoch), for layouts without year or date (syslog, glog, clock only). */
  referenceMs?: number;
}

/** A time found in a text. */
export interface ParsedTime {
  /** Milliseconds since the epoch; `null` when the layout leaves out a part that nothing else tells. */
  at: number | null;
  /** Index behind the time's last character. */
  end: number;
  /**
   * `full`: date and time; `syslog`: month and day without a year; `clock`: time of day only; `epoch`: seconds or
   * milliseconds since 1970. The last two are too common in data to begin a record by themselves.
   */
  kind: 'full' | 'syslog' | 'clock' | 'epoch';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Zone abbreviations that mean one offset only, in minutes. `CST`, `IST`, `BST` and their like are left out on purpose:
 * they name several zones, and a wrong guess is worse than the host's own zone.
 */
const ZONE_MINUTES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  JST: 540,
  KST: 540,
  HKT: 480,
  SGT: 480,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

const CLOCK = '([0-2]\\d):([0-5]\\d):([0-6]\\d)(?:[.,:](\\d{1,9}))?';
const YEAR_FIRST = new RegExp(`([12]\\d{3})[-/.]([01]\\d)[-/.]([0-3]\\d)(?:[ T_]|, ?)${CLOCK}`, 'y');
const COMPACT = /([12]\d{3})([01]\d)([0-3]\d)[ T-]([0-2]\d):?([0-5]\d):?([0-6]\d)(?:[.,](\d{1,9}))?/y;
const SHORT_YEAR = new RegExp(`(\\d{2})/([01]\\d)/([0-3]\\d) ${CLOCK}`, 'y');
const DAY_FIRST = new RegExp(`([0-3]?\\d)[ /-]([A-Z][a-z]{2})[ /-]([12]\\d{3})[ :,T]{1,2}${CLOCK}`, 'y');
const JAVA_UTIL = /([A-Z][a-z]{2}) ([0-3]?\d), ([12]\d{3}),? ([01]?\d):([0-5]\d):([0-6]\d) (AM|PM)/y;
const SYSLOG = new RegExp(
  `(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}([0-3]?\\d) ${CLOCK}(?: (?:[A-Z]{3,4} )?([12]\\d{3}))?`,
  'y',
);
const EPOCH = /(1\d{9})(?:[.,](\d{1,9})|(\d{3}))?(?![\d.])/y;
const CLOCK_ONLY = /([0-2]\d):([0-5]\d):([0-6]\d)(?:[.,](\d{1,9}))?(?!\S*[/\d])/y;
const ZONE = / ?(?:([+-])(\d{2}):?(\d{2})(?!\d)|([A-Z]{1,4})(?![A-Za-z]))/y;

/** The time that stands at `from` of a text, or `null` when none does. */
export function parseTime(text: string, from: number, context: TimeContext = {}): ParsedTime | null {
  const first = text.charCodeAt(from);
  const isDigit = first >= 48 && first <= 57;
  const isCapital = first >= 65 && first <= 90;
  if (isDigit) return digitsFirst(text, from, context);
  if (isCapital) return nameFirst(text, from, context);
  return null;
}

function digitsFirst(text: string, from: number, context: TimeContext): ParsedTime | null {
  let found = sticky(SHORT_YEAR, text, from);
  if (found) {
    const [, yy, mo, dd, h, mi, s, frac] = found;
    return zoned(text, SHORT_YEAR.lastIndex, utc(2000 + num(yy), num(mo), num(dd), h, mi, s, frac), context);
  }
  found = sticky(YEAR_FIRST, text, from);
  if (found) {
    const [, y, mo, dd, h, mi, s, frac] = found;
    return zoned(text, YEAR_FIRST.lastIndex, utc(num(y), num(mo), num(dd), h, mi, s, frac), context);
  }
  found = sticky(DAY_FIRST, text, from);
  if (found) {
    const [, dd, month, y, h, mi, s, frac] = found;
    return zoned(text, DAY_FIRST.lastIndex, utc(num(y), monthOf(month), num(dd), h, mi, s, frac), context);
  }
  found = sticky(COMPACT, text, from);
  if (found) {
    const [, y, mo, dd, h, mi, s, frac] = found;
    return zoned(text, COMPACT.lastIndex, utc(num(y), num(mo), num(dd), h, mi, s, frac), context);
  }
  found = sticky(CLOCK_ONLY, text, from);
  if (found) return { at: clockTime(found, context), end: CLOCK_ONLY.lastIndex, kind: 'clock' };
  found = sticky(EPOCH, text, from);
  if (!found) return null;
  const [, seconds, frac, millis] = found;
  return { at: num(seconds) * 1000 + (millis ? num(millis) : fraction(frac)), end: EPOCH.lastIndex, kind: 'epoch' };
}

function nameFirst(text: string, from: number, context: TimeContext): ParsedTime | null {
  let found = sticky(JAVA_UTIL, text, from);
  if (found) {
    const [, month, dd, y, h, mi, s, half] = found;
    const hour = (num(h) % 12) + (half === 'PM' ? 12 : 0);
    return zoned(text, JAVA_UTIL.lastIndex, utc(num(y), monthOf(month), num(dd), String(hour), mi, s), context);
  }
  found = sticky(SYSLOG, text, from);
  if (!found) return null;
  const [, month, dd, h, mi, s, frac, year] = found;
  const end = SYSLOG.lastIndex;
  if (monthOf(month) === 0) return null;
  if (year) return zoned(text, end, utc(num(year), monthOf(month), num(dd), h, mi, s, frac), context);
  if (context.referenceMs === undefined) return { at: null, end, kind: 'syslog' };
  return { at: yearlessTime(monthOf(month), num(dd), [h, mi, s, frac], context), end, kind: 'syslog' };
}

/** Month and day without a year: the year that brings the time nearest to the reference. */
export function yearlessTime(
  month: number,
  day: number,
  [h, mi, s, frac]: readonly (string | undefined)[],
  context: TimeContext,
): number | null {
  if (context.referenceMs === undefined) return null;
  const reference = context.referenceMs;
  const referenceYear = new Date(reference).getUTCFullYear();
  let best: number | null = null;
  for (const year of [referenceYear - 1, referenceYear, referenceYear + 1]) {
    const local = utc(year, month, day, h, mi, s, frac);
    if (local === null) continue;
    const at = local - (context.zoneOffsetMinutes ?? 0) * MINUTE_MS;
    if (best === null || Math.abs(at - reference) < Math.abs(best - reference)) best = at;
  }
  return best;
}

/** Time of day only: the day that brings it nearest to the reference. */
function clockTime(found: RegExpExecArray, context: TimeContext): number | null {
  if (context.referenceMs === undefined) return null;
  const [, h, mi, s, frac] = found;
  const ofDay = ((num(h) * 60 + num(mi)) * 60 + num(s)) * 1000 + fraction(frac);
  const offset = (context.zoneOffsetMinutes ?? 0) * MINUTE_MS;
  const midnight = Math.floor((context.referenceMs + offset) / DAY_MS) * DAY_MS - offset;
  const candidates = [midnight - DAY_MS + ofDay, midnight + ofDay, midnight + DAY_MS + ofDay];
  const reference = context.referenceMs;
  return candidates.reduce((a, b) => (Math.abs(b - reference) < Math.abs(a - reference) ? b : a));
}

/** Takes the zone behind a time, if one stands there, and turns the local time into one since the epoch. */
function zoned(text: string, end: number, local: number | null, context: TimeContext): ParsedTime | null {
  if (local === null) return null;
  const byContext = local - (context.zoneOffsetMinutes ?? 0) * MINUTE_MS;
  const zone = sticky(ZONE, text, end);
  if (!zone) return { at: byContext, end, kind: 'full' };
  const [, sign, hours, minutes, name] = zone;
  if (name !== undefined) {
    const named = Object.hasOwn(ZONE_MINUTES, name) ? ZONE_MINUTES[name] : undefined;
    if (named === undefined) return { at: byContext, end, kind: 'full' };
    return { at: local - named * MINUTE_MS, end: ZONE.lastIndex, kind: 'full' };
  }
  const offset = (num(hours) * 60 + num(minutes)) * (sign === '-' ? -1 : 1);
  return { at: local - offset * MINUTE_MS, end: ZONE.lastIndex, kind: 'full' };
}

function utc(y: number, mo: number, d: number, h?: string, mi?: string, s?: string, frac?: string): number | null {
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || num(h) > 23) return null;
  return Date.UTC(y, mo - 1, d, num(h), num(mi), num(s)) + fraction(frac);
}

function fraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Math.trunc(Number(`0.${digits}`) * 1000 + 1e-6);
}

function num(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits);
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase()) + 1;
}

function sticky(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}
