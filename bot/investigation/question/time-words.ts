/** Minutes of a day, from midnight; a part that runs past midnight has an end over 1,440. */
export interface DayPart {
  words: RegExp;
  from: number;
  to: number;
  /** In Chinese and with a bare hour: what this word adds to hours before it (`下午3点` is 15:00). */
  afternoon?: true;
}

const hours = (count: number): number => count * 60;

/**
 * Parts of a day, wide: people's nights begin at different hours, and the run that is meant must overlap. "Night" runs into
 * the next morning because a nightly job ends then.
 */
export const DAY_PARTS: readonly DayPart[] = [
  { words: /凌晨|半夜|后半夜|\bin the small hours\b|\bpast midnight\b/i, from: 0, to: hours(7) },
  { words: /清晨|早上|早晨|早间|今早|上午|\bmorning\b/i, from: 0, to: hours(12) },
  { words: /中午|\bnoon\b|\blunch(?:time)?\b/i, from: hours(11), to: hours(14), afternoon: true },
  { words: /下午|\bafternoon\b/i, from: hours(12), to: hours(19), afternoon: true },
  { words: /傍晚|\bevening\b/i, from: hours(16), to: hours(24), afternoon: true },
  { words: /晚上|夜里|夜间|晚间|\bnight\b/i, from: hours(17), to: hours(36), afternoon: true },
];

/** Days by name, in days from today. */
export const DAY_WORDS: readonly { words: RegExp; from: number; to: number }[] = [
  { words: /大前天/g, from: -3, to: -3 },
  { words: /(?<!大)前天|\bthe day before yesterday\b|\bday before yesterday\b/gi, from: -2, to: -2 },
  { words: /前两天|前几天|\b(?:the )?(?:past|last) (?:two|couple of|few) days\b/gi, from: -3, to: 0 },
  { words: /昨天|昨日|(?<!before )\byesterday\b/gi, from: -1, to: -1 },
  { words: /今天|今日|当天|\btoday\b/gi, from: 0, to: 0 },
  { words: /上周末|\blast weekend\b/gi, from: -8, to: 0 },
];

/** Whole spans by name: from and to in minutes from today's midnight. */
export const SPAN_WORDS: readonly { words: RegExp; from: number; to: number }[] = [
  {
    words:
      /昨(?:天)?(?:晚|夜)(?:上)?|昨天夜里|昨儿晚上|\blast night\b|\bovernight\b|\byesterday(?:'s)? (?:night|evening)\b/gi,
    from: hours(-7),
    to: hours(12),
  },
  { words: /今晚|今天晚上|今夜|\btonight\b/gi, from: hours(15), to: hours(30) },
  { words: /今早|今晨|今天(?:早上|早晨|上午)|\bthis morning\b/gi, from: 0, to: hours(12) },
  { words: /今天?凌晨/g, from: 0, to: hours(7) },
  { words: /今天(?:下午)|\bthis afternoon\b/gi, from: hours(12), to: hours(19) },
  { words: /\bthis evening\b/gi, from: hours(16), to: hours(24) },
];

export const WEEKDAYS: readonly RegExp[] = [
  /(?:周|星期|礼拜)(?:日|天)|\bsun(?:day)?\b/i,
  /(?:周|星期|礼拜)一|\bmon(?:day)?\b/i,
  /(?:周|星期|礼拜)二|\btue(?:s(?:day)?)?\b/i,
  /(?:周|星期|礼拜)三|\bwed(?:nesday)?\b/i,
  /(?:周|星期|礼拜)四|\bthu(?:r?s(?:day)?)?\b/i,
  /(?:周|星期|礼拜)五|\bfri(?:day)?\b/i,
  /(?:周|星期|礼拜)六|\bsat(?:urday)?\b/i,
];
export const WEEKDAY =
  /(上个?|last )?(?:(?:周|星期|礼拜)[一二三四五六日天](?!直|共|般|样|起|下)|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<=on |last |this )(?:mon|tue|wed|thu|fri|sat|sun))\b)/gi;

export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Milliseconds of the units people count in. */
export const UNITS: readonly { words: RegExp; ms: number }[] = [
  { words: /^(?:s|sec|secs|seconds?|秒钟?)$/i, ms: 1000 },
  { words: /^(?:m|mins?|minutes?|分钟?|分)$/i, ms: 60_000 },
  { words: /^(?:h|hrs?|hours?|个?小时|个?钟头?)$/i, ms: 3_600_000 },
  { words: /^(?:d|days?|天|日)$/i, ms: 86_400_000 },
  { words: /^(?:w|weeks?|周|个?星期|个?礼拜)$/i, ms: 604_800_000 },
];

const WORD_NUMBERS: Readonly<Record<string, number>> = {
  half: 0.5,
  半: 0.5,
  a: 1,
  an: 1,
  one: 1,
  一: 1,
  two: 2,
  二: 2,
  两: 2,
  俩: 2,
  couple: 2,
  three: 3,
  三: 3,
  few: 3,
  几: 3,
  four: 4,
  四: 4,
  five: 5,
  五: 5,
  six: 6,
  六: 6,
  seven: 7,
  七: 7,
  eight: 8,
  八: 8,
  nine: 9,
  九: 9,
  ten: 10,
  十: 10,
};

/** The number that digits or a word mean (`3`, `two`, `半`, `十一`, `二十三`), or `null`. */
export function numberOf(text: string): number | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^(?:an? )(?=half|few|couple)/, '')
    .replace(/ (?:an?|of)$/, '');
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(word)) return Number(word);
  if (Object.hasOwn(WORD_NUMBERS, word)) return WORD_NUMBERS[word] ?? null;
  const tens = /^([二三四五]?)十([一二三四五六七八九]?)$/.exec(word);
  if (!tens) return null;
  return (tens[1] ? (WORD_NUMBERS[tens[1]] ?? 1) : 1) * 10 + (tens[2] ? (WORD_NUMBERS[tens[2]] ?? 0) : 0);
}

/** The clause tells how it was when it was good: the time is what the asker compares with. */
export const GOOD_TIMES =
  /\b(?:work(?:ed|s)|was (?:fine|ok(?:ay)?|green|good|fast|quick|normal)|were (?:fine|ok|green|good|fast)|normally|usually|it was quick|succeeded|passed|no problem)\b|好好的|正常|很快|没问题|没事|顺利|都(?:是)?成功|(?:就|都|能)(?:结束|跑完|完成|成功)了?/i;
/** The time is compared with. */
export const COMPARED =
  /(?:\b(?:than|like|from|vs\.?|versus|unlike|compared (?:to|with)|as)\s{1,3}|比|相比|不像|跟|和|较)\s{0,2}$/i;
/** The time only bounds another one. */
export const BOUNDED = /\bbefore\s{1,3}$/i;
/** The clause tells when something was changed, not when it went wrong. */
export const CHANGE_TIMES =
  /\b(?:moved|migrated|upgraded|switched|changed|deployed|released|rolled|turned (?:on|off)|installed|added|enabled|disabled)\b|升级|关了|关掉|改成|改为|调成|换成|迁移|迁到|切到|切换|上线|发布|改了|变更/i;
