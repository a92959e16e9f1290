import { type Calendar, calendarAt } from './calendar.ts';
import { type Clause, splitClauses } from './clauses.ts';
import type { TimeWindow } from './question.ts';
import { readTimeMarks, type TimeMark } from './read-times.ts';
import { BOUNDED, CHANGE_TIMES, COMPARED, GOOD_TIMES } from './time-words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SLACK_MS = 10 * MINUTE_MS;
/** A day and a time of day further apart than this do not belong together. */
const NEAR = 30;
/** A time stands right beside the span it lies in (`last night at 02:14`). */
const BESIDE = 6;
const SINCE = /(?:\bsince|\bstarting(?: at| from)?|\bafter|\bever since|自从?|从)\s{0,2}(?:about |around |~)?$/i;
const SINCE_AFTER = /^\s{0,2}(?:开始|起|以来|之?后)/;
const RANGE = /^\s{0,2}(?:-|–|—|~|to|and|until|till|到|至)\s{0,2}$/i;
const DATA_DATE = /(?:\b(?:for|ds=?|dt=?|of|partition|date=?)|分区|日期)\s{0,2}[='"]?$/i;

type Role = 'asked' | 'compared' | 'other';
interface Spoken extends TimeWindow {
  role: Role;
  at: number;
  precision: number;
}

/** When it happened and what it is compared with, as the asker's words say. */
export function readWindows(
  said: string,
  now: number,
  zoneOffsetMinutes: number,
): { window: TimeWindow | null; comparedWith: TimeWindow | null } {
  const calendar = calendarAt(now, zoneOffsetMinutes);
  const spoken = spokenWindows(said, calendar);
  const first = (role: Role): TimeWindow | null => {
    const [best] = spoken.filter((one) => one.role === role).sort((a, b) => b.precision - a.precision || a.at - b.at);
    return best ? { from: best.from, to: best.to, words: best.words } : null;
  };
  return { window: first('asked'), comparedWith: first('compared') };
}

function spokenWindows(said: string, calendar: Calendar): Spoken[] {
  const marks = readTimeMarks(said, calendar);
  const clauses = splitClauses(said);
  const used = new Set<TimeMark>();
  const spoken: Spoken[] = [];
  for (const mark of marks) {
    if (used.has(mark)) continue;
    const window = windowOf(mark, marks, said, calendar, used);
    if (window) spoken.push({ ...window, role: roleOf(said, clauses, mark) });
  }
  return spoken;
}

function windowOf(
  mark: TimeMark,
  marks: readonly TimeMark[],
  said: string,
  calendar: Calendar,
  used: Set<TimeMark>,
): Omit<Spoken, 'role'> | null {
  used.add(mark);
  const partner = partnerOf(mark, marks, used);
  if (partner) used.add(partner);
  const dayMark = [mark, partner].find((one) => one?.kind === 'day');
  const clockMark = [mark, partner].find((one) => one?.kind === 'clock');
  const last = clockMark?.kind === 'clock' ? rangeEnd(clockMark, marks, said, used) : undefined;
  const start = Math.min(mark.start, partner?.start ?? mark.start);
  const end = Math.max(mark.end, partner?.end ?? 0, last?.end ?? 0);
  const span =
    mark.kind === 'span' && clockMark?.kind === 'clock'
      ? timeWithin(mark, clockMark, last)
      : spanOf(mark, dayMark, clockMark, last, said, calendar);
  if (!span || span.from > calendar.now + DAY_MS) return null;
  // "Tonight" asked in the morning of a zone we do not know is the night that just was.
  if (mark.kind === 'span' && !partner && span.from > calendar.now)
    Object.assign(span, { from: span.from - DAY_MS, to: calendar.now });
  const words = said.slice(start, end).replace(/\s+/g, ' ').trim();
  return {
    from: span.from,
    to: since(said, start, end) ? Math.max(span.from, calendar.now) : span.to,
    words,
    at: start,
    precision: span.precision,
  };
}

function spanOf(
  mark: TimeMark,
  dayMark: TimeMark | undefined,
  clockMark: TimeMark | undefined,
  last: TimeMark | undefined,
  said: string,
  calendar: Calendar,
): { from: number; to: number; precision: number } | null {
  if (mark.kind === 'span') return { from: mark.from, to: mark.to, precision: 2 };
  if (clockMark?.kind !== 'clock') {
    if (dayMark?.kind !== 'day') return null;
    const ofData = DATA_DATE.test(said.slice(Math.max(0, dayMark.start - 12), dayMark.start));
    // A run "for 20 Nov" reads the data of that day and often runs the day after.
    return { from: dayMark.from, to: dayMark.to + (ofData ? DAY_MS : 0), precision: 1 };
  }
  const toMinute = last?.kind === 'clock' ? last.fromMinute : clockMark.toMinute;
  const midnight = dayMark?.kind === 'day' ? dayMark.from : latestDay(clockMark.fromMinute, calendar);
  const slack = clockMark.exact ? SLACK_MS : 0;
  const to = endMinute(clockMark.fromMinute, toMinute);
  return {
    from: midnight + clockMark.fromMinute * MINUTE_MS - slack,
    to: midnight + to * MINUTE_MS + slack,
    precision: clockMark.exact ? 3 : 2,
  };
}

/**
 * A time inside a span that was named: `last night at 02:14` is today, `昨晚 8 点` the evening before. Hours from 5 to 11 may be
 * meant as evening hours.
 */
function timeWithin(
  span: TimeMark & { kind: 'span' },
  clock: TimeMark & { kind: 'clock' },
  last: TimeMark | undefined,
): { from: number; to: number; precision: number } {
  const evening = clock.fromMinute >= 300 && clock.fromMinute < 720 ? [clock.fromMinute + 720] : [];
  const midnight = span.midnight ?? span.from;
  const times = [...evening, clock.fromMinute].flatMap((minute) =>
    [-1440, 0].map((shift) => midnight + (minute + shift) * MINUTE_MS),
  );
  const at = times.find((time) => time >= span.from && time <= span.to);
  if (at === undefined) return { from: span.from, to: span.to, precision: 2 };
  const minutes =
    (last?.kind === 'clock' ? endMinute(clock.fromMinute, last.fromMinute) : clock.toMinute) - clock.fromMinute;
  const slack = clock.exact ? SLACK_MS : 0;
  return { from: at - slack, to: at + minutes * MINUTE_MS + slack, precision: clock.exact ? 3 : 2 };
}

/** `晚上 8 点到 10 点` ends at 22:00, `23:00 to 02:00` on the next day. */
function endMinute(from: number, to: number): number {
  if (to >= from) return to;
  return to + 720 > from ? to + 720 : to + 1440;
}

/** The day whose time of day came last: `at 23:00` asked at 10:00 was yesterday. */
function latestDay(fromMinute: number, calendar: Calendar): number {
  const today = calendar.midnight(0);
  return today + fromMinute * MINUTE_MS <= calendar.now + SLACK_MS ? today : calendar.midnight(-1);
}

/** A day takes the time of day beside it, and the other way round. */
function partnerOf(mark: TimeMark, marks: readonly TimeMark[], used: ReadonlySet<TimeMark>): TimeMark | undefined {
  if (mark.kind === 'span') {
    if (mark.midnight === undefined) return undefined;
    return marks.find(
      (one) => one.kind === 'clock' && exactness(one) > 0 && !used.has(one) && gap(mark, one) <= BESIDE,
    );
  }
  const wanted = mark.kind === 'day' ? 'clock' : 'day';
  const near = marks.filter((one) => one.kind === wanted && !used.has(one) && gap(mark, one) <= NEAR);
  // Of a part of the day and a time (`凌晨 2 点`), the time says more.
  return near.sort((a, b) => exactness(b) - exactness(a) || gap(mark, a) - gap(mark, b))[0];
}

function exactness(mark: TimeMark): number {
  return mark.kind === 'clock' ? (mark.exact ? 2 : mark.toMinute - mark.fromMinute <= 60 ? 1 : 0) : 0;
}

function gap(a: TimeMark, b: TimeMark): number {
  return a.start < b.start ? b.start - a.end : a.start - b.end;
}

function rangeEnd(mark: TimeMark, marks: readonly TimeMark[], said: string, used: Set<TimeMark>): TimeMark | undefined {
  const next = marks.find((one) => one.kind === 'clock' && one.start >= mark.end && !used.has(one));
  if (!next || !RANGE.test(said.slice(mark.end, next.start))) return undefined;
  used.add(next);
  return next;
}

function since(said: string, start: number, end: number): boolean {
  return SINCE.test(said.slice(Math.max(0, start - 24), start)) || SINCE_AFTER.test(said.slice(end, end + 8));
}

/** Whether the time is when it went wrong, what it is compared with, or when something else happened. */
function roleOf(said: string, clauses: readonly Clause[], mark: TimeMark): Role {
  const before = said.slice(Math.max(0, mark.start - 16), mark.start);
  if (COMPARED.test(before)) return 'compared';
  if (BOUNDED.test(before)) return 'other';
  const clause = clauses.find((one) => one.start <= mark.start && mark.start < one.start + one.text.length);
  const text = clause?.text ?? '';
  if (GOOD_TIMES.test(text)) return 'compared';
  return CHANGE_TIMES.test(text) ? 'other' : 'asked';
}
