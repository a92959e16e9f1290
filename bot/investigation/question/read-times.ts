import type { Calendar } from './calendar.ts';
import { DAY_PARTS, DAY_WORDS, MONTHS, numberOf, SPAN_WORDS, UNITS, WEEKDAY, WEEKDAYS } from './time-words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A time to the minute means what ran around it: clocks of asker and platform differ, and people round. */
const SLACK_MS = 10 * MINUTE_MS;
const MAX_MARKS = 60;

/** What a time expression says: a whole span, a day, or a time of day that still needs its day. */
type MarkedTime =
  // `midnight`: for parts of a day, the midnight of today, so that a time beside it can be placed inside.
  | { kind: 'span'; from: number; to: number; midnight?: number }
  | { kind: 'day'; from: number; to: number }
  | { kind: 'clock'; fromMinute: number; toMinute: number; exact: boolean };

/** A time expression with its place in the words. */
export type TimeMark = { start: number; end: number } & MarkedTime;

const MONTH_NAME =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const STAMP =
  /(?<![\d.-])(20\d\d)[-/](\d{1,2})[-/](\d{1,2})[T ]{1,2}(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?(?!\d)/g;
const DATE =
  /(?<![\d._/-])(20\d\d)([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?![\d_])|(?<![\d._/-])(20\d\d)(\d\d)(\d\d)(?![\d_.])/g;
const MONTH_DAY = new RegExp(
  [
    String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (${MONTH_NAME})\b,?(?: (20\d\d))?`,
    String.raw`\b(${MONTH_NAME})\b\.? (\d{1,2})(?:st|nd|rd|th)?(?!\d|:)(?:,? (20\d\d))?`,
    String.raw`(?<!\d)(\d{1,2})月(\d{1,2})(?:日|号)?`,
  ].join('|'),
  'gi',
);
const SHORT_DATE =
  /(?<![\d.:/\w-])(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\d.:/\w-]|\s?(?:ms|s|m|min|minutes?|hours?|h|gb|mb|个|分|秒|倍|%|times|x)\b)/gi;
const DAY_OF_MONTH = /(?<![\d月])(\d{1,2})号(?!机|线|节点)/g;
const AGO =
  /(\d{1,5}(?:\.\d)?|half an|an?|one|two|three|four|five|six|a few|a couple of|[半一二两三四五六七八九十几]{1,3})\s?(个?半?小时|个?钟头|分钟|秒钟?|天|周|个?星期|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|days?|d|weeks?|w)\s?(?:之?以?前|ago\b)/gi;
const PAST =
  /(?:\b(?:(?:in |over |for |during )?(?:the )?(?:last|past|previous)|since)|上|最近|过去|近|前)\s?(\d{1,5}(?:\.\d)?|half an|half|an?|one|two|three|four|five|six|few|couple of|[半一二两三四五六七八九十]{1,3})?\s?(个?小时|个?钟头|分钟|秒钟?|天|hours?|hrs?|h\b|minutes?|mins?|days?)(?!前)/gi;
const CLOCK =
  /(?<![\d.:/\w]|[^\d\s]-)(\d{1,2}):(\d\d)(?::\d\d)?(?!\d|[.:]\d)\s?(am|pm|a\.m\.|p\.m\.)?|(?<![\d.:/\w-])(\d{1,2})\s?(am|pm|a\.m\.|p\.m\.|o'clock)(?!\w)|(?<!\d)(\d{1,2}|十[一二]?|二十[一二三]?|[零一二两三四五六七八九])\s?[点时](?!间|候|钟头|不|之)(?:钟|整)?(半|一刻|三刻|\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?/gi;

/** Every time expression in the words, in their order. */
export function readTimeMarks(said: string, calendar: Calendar): TimeMark[] {
  const marks: TimeMark[] = [];
  const taken: boolean[] = [];
  const add = (match: RegExpMatchArray, mark: MarkedTime | null): void => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (!mark || marks.length >= MAX_MARKS || taken[start] || taken[end - 1]) return;
    for (let index = start; index < end; index += 1) taken[index] = true;
    marks.push({ ...mark, start, end });
  };
  for (const match of said.matchAll(STAMP)) add(match, stamp(match, calendar));
  for (const match of said.matchAll(DATE)) add(match, date(match, calendar));
  for (const match of said.matchAll(MONTH_DAY)) add(match, monthDay(match, calendar));
  for (const match of said.matchAll(AGO)) add(match, ago(match, calendar));
  addSpans(said, calendar, add);
  for (const match of said.matchAll(PAST)) add(match, past(match, calendar));
  addDays(said, calendar, add);
  for (const match of said.matchAll(CLOCK)) add(match, clock(match, said));
  addParts(said, add);
  return joinParts(marks.sort((a, b) => a.start - b.start));
}

/** `凌晨 2 点` and `2 点` with a part of the day before it are one time: the part has done its work. */
function joinParts(marks: readonly TimeMark[]): TimeMark[] {
  const joined: TimeMark[] = [];
  for (const mark of marks) {
    const part = joined.at(-1);
    if (
      mark.kind === 'clock' &&
      part?.kind === 'clock' &&
      isPart(part) &&
      !isPart(mark) &&
      mark.start - part.end <= 2
    ) {
      joined[joined.length - 1] = { ...mark, start: part.start };
    } else {
      joined.push(mark);
    }
  }
  return joined;
}

function isPart(mark: TimeMark): boolean {
  return mark.kind === 'clock' && mark.toMinute - mark.fromMinute > 60;
}

type Add = (match: RegExpMatchArray, mark: MarkedTime | null) => void;

function day(from: number | null, days = 1): MarkedTime | null {
  return from === null ? null : { kind: 'day', from, to: from + days * DAY_MS - 1 };
}

function stamp(match: RegExpMatchArray, calendar: Calendar): MarkedTime | null {
  const [, year, month, date_, hour, minute, second, zone] = match;
  const midnight = calendar.dateMidnight(Number(year), Number(month), Number(date_));
  if (midnight === null || Number(hour) > 23 || Number(minute) > 59) return null;
  const time = (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second ?? 0) * 1000;
  const at =
    zone === undefined
      ? midnight + time
      : Date.UTC(Number(year), Number(month) - 1, Number(date_)) + time - zoneMs(zone);
  return { kind: 'span', from: at - SLACK_MS, to: at + SLACK_MS };
}

function zoneMs(zone: string): number {
  const parts = /([+-])(\d\d):?(\d\d)/.exec(zone);
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * MINUTE_MS;
}

function date(match: RegExpMatchArray, calendar: Calendar): MarkedTime | null {
  const [, year, , month, date_, packedYear, packedMonth, packedDay] = match;
  return day(
    calendar.dateMidnight(Number(year ?? packedYear), Number(month ?? packedMonth), Number(date_ ?? packedDay)),
  );
}

function monthDay(match: RegExpMatchArray, calendar: Calendar): MarkedTime | null {
  const written = match[2] ?? match[4];
  // "It may 3 times" names no month.
  if (written === 'may') return null;
  const name = written?.toLowerCase();
  const month = name ? MONTHS.indexOf(name.slice(0, 3)) + 1 : Number(match[7]);
  const date_ = Number(match[1] ?? match[5] ?? match[8]);
  const year = match[3] ?? match[6];
  return day(year ? calendar.dateMidnight(Number(year), month, date_) : latest(calendar, month, date_));
}

/** The latest such date that is not in the future. */
function latest(calendar: Calendar, month: number, date_: number): number | null {
  const { year } = calendar.today;
  const thisYear = calendar.dateMidnight(year, month, date_);
  return thisYear !== null && thisYear <= calendar.now ? thisYear : calendar.dateMidnight(year - 1, month, date_);
}

function ago(match: RegExpMatchArray, calendar: Calendar): MarkedTime | null {
  const ms = amount(match[1], match[2]);
  if (ms === null || ms > 400 * DAY_MS) return null;
  const at = calendar.now - ms;
  if (ms >= DAY_MS) return day(calendar.midnight(-Math.round(ms / DAY_MS)));
  const slack = Math.max(SLACK_MS, ms / 2);
  return { kind: 'span', from: at - slack, to: Math.min(calendar.now, at + slack) };
}

function past(match: RegExpMatchArray, calendar: Calendar): MarkedTime | null {
  // Without a number only `last hour` and `上一小时` are spans; `前天` is a day.
  if (match[1] === undefined && /^[近前最过]|^上.{0,2}天/.test(match[0])) return null;
  const ms = amount(match[1] ?? 'one', match[2]);
  return ms === null || ms > 400 * DAY_MS ? null : { kind: 'span', from: calendar.now - ms, to: calendar.now };
}

function amount(count: string | undefined, unit: string | undefined): number | null {
  const number = numberOf(count ?? '');
  const bare = (unit ?? '').replace('半小时', '小时');
  const ms = UNITS.find(({ words }) => words.test(bare))?.ms;
  return number === null || ms === undefined
    ? null
    : (number + (unit?.includes('半小时') && number !== 0.5 ? 0.5 : 0)) * ms;
}

function addSpans(said: string, calendar: Calendar, add: Add): void {
  for (const { words, from, to } of SPAN_WORDS) {
    for (const match of said.matchAll(words)) {
      const midnight = calendar.midnight(0);
      add(match, { kind: 'span', from: midnight + from * MINUTE_MS, to: midnight + to * MINUTE_MS, midnight });
    }
  }
}

function addDays(said: string, calendar: Calendar, add: Add): void {
  for (const { words, from, to } of DAY_WORDS) {
    for (const match of said.matchAll(words)) add(match, day(calendar.midnight(from), to - from + 1));
  }
  for (const match of said.matchAll(WEEKDAY)) add(match, weekday(match, calendar));
  for (const match of said.matchAll(
    /上(?:个)?(?:周|星期|礼拜)(?![二三四五六日天末]|一(?!直|共|般|样|起|下))|\blast week\b/gi,
  ))
    add(match, week(calendar, -1));
  for (const match of said.matchAll(
    /(?:这|本)(?:个)?(?:周|星期|礼拜)(?![二三四五六日天末]|一(?!直|共|般|样|起|下))|\bthis week\b/gi,
  ))
    add(match, week(calendar, 0));
  for (const match of said.matchAll(/上(?:个)?月|\blast month\b/gi)) {
    const { year, month } = calendar.today;
    const from = month === 1 ? calendar.dateMidnight(year - 1, 12, 1) : calendar.dateMidnight(year, month - 1, 1);
    const to = calendar.dateMidnight(year, month, 1);
    add(match, from !== null && to !== null ? { kind: 'day', from, to: to - 1 } : null);
  }
  for (const match of said.matchAll(SHORT_DATE)) add(match, day(latest(calendar, Number(match[1]), Number(match[2]))));
  for (const match of said.matchAll(DAY_OF_MONTH)) add(match, day(dayOfMonth(calendar, Number(match[1]))));
}

/** `周五` is the latest Friday, today included; `上周五` the Friday of the week before; `last Friday` the latest before today. */
function weekday(match: RegExpMatchArray, calendar: Calendar): MarkedTime | null {
  const wanted = WEEKDAYS.findIndex((words) => words.test(match[0]));
  if (wanted < 0) return null;
  const back = (calendar.today.weekday - wanted + 7) % 7;
  const prefix = match[1]?.trim();
  if (prefix?.toLowerCase() === 'last') return day(calendar.midnight(-(back === 0 ? 7 : back)));
  if (prefix === undefined) return day(calendar.midnight(-back));
  const fromMonday = (index: number) => (index + 6) % 7;
  return day(calendar.midnight(fromMonday(wanted) - fromMonday(calendar.today.weekday) - 7));
}

function week(calendar: Calendar, weeks: number): MarkedTime | null {
  const monday = -((calendar.today.weekday + 6) % 7) + weeks * 7;
  return day(calendar.midnight(monday), 7);
}

function dayOfMonth(calendar: Calendar, date_: number): number | null {
  const { year, month } = calendar.today;
  const thisMonth = calendar.dateMidnight(year, month, date_);
  if (thisMonth !== null && thisMonth <= calendar.now) return thisMonth;
  return month === 1 ? calendar.dateMidnight(year - 1, 12, date_) : calendar.dateMidnight(year, month - 1, date_);
}

function clock(match: RegExpMatchArray, said: string): MarkedTime | null {
  const start = match.index ?? 0;
  if (/(?:took|ran|runs|for|lasted|用时|耗时|跑了|花了)\s{0,2}$/i.test(said.slice(Math.max(0, start - 10), start)))
    return null;
  const [, hour24, minute24, half24, hour12, half12, hourZh, partZh] = match;
  const hour = numberOf(hour24 ?? hour12 ?? hourZh ?? '') ?? (hourZh === '零' ? 0 : null);
  if (hour === null) return null;
  const minute = minute24 ? Number(minute24) : minutesOf(partZh);
  const before = said.slice(Math.max(0, start - 6), start);
  // `快一点` is "a bit faster": a number in Han characters needs a word of time before it.
  if (
    hourZh !== undefined &&
    !/\d/.test(hourZh) &&
    !/(?:凌晨|早上|上午|中午|下午|傍晚|晚上|半夜|夜里|天|晚|日|号|在|从|到|于|约|概)\s?$/.test(before)
  )
    return null;
  const full = toFullHour(hour, half24 ?? half12, before);
  if (full > 24 || minute > 59) return null;
  const from = full * 60 + minute;
  const exact = minute24 !== undefined || partZh !== undefined;
  return { kind: 'clock', fromMinute: from, toMinute: exact ? from : from + 60, exact };
}

function minutesOf(part: string | undefined): number {
  if (part === undefined) return 0;
  if (part === '半') return 30;
  if (part === '一刻') return 15;
  if (part === '三刻') return 45;
  return numberOf(part.replace(/分$/, '')) ?? 0;
}

function toFullHour(hour: number, half: string | undefined, before: string): number {
  const mark = half?.toLowerCase().replaceAll('.', '');
  if (mark === 'pm') return hour < 12 ? hour + 12 : hour;
  if (mark === 'am') return hour === 12 ? 0 : hour;
  const part = DAY_PARTS.find(({ words }) => words.test(before));
  if (!part?.afternoon || hour >= 12) return hour;
  return /中午|noon/i.test(before) && hour >= 10 ? hour : hour + 12;
}

/** Parts of a day that stand alone or after a day (`yesterday morning`, `昨天凌晨`). */
function addParts(said: string, add: Add): void {
  for (const { words, from, to } of DAY_PARTS) {
    for (const match of said.matchAll(new RegExp(words.source, 'gi'))) {
      if (/\bgood $/i.test(said.slice(Math.max(0, match.index - 5), match.index))) continue;
      add(match, { kind: 'clock', fromMinute: from, toMinute: to, exact: false });
    }
  }
}
