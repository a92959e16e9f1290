/** What a printed figure measures: its unit decides what it can be compared with. */
export type Measure = 'count' | 'bytes' | 'duration' | 'percent';

/** One figure of a text. */
export interface Figure {
  /** As printed, with its unit. */
  text: string;
  measure: Measure;
  /** The bare number as printed. */
  raw: number;
  /** The same in base units (bytes, milliseconds, percent), one for each way the unit can be read (MB: 10⁶ or 2²⁰). */
  readings: readonly Reading[];
}

/** A value in base units, and half a unit of the last digit that was printed of it: 0 for what is printed in base units. */
export interface Reading {
  value: number;
  slack: number;
}

const KI = 1024;

/** Units with the factors to base units. A letter that clings to its number is a size as Spark and the JVM write it. */
const UNITS: readonly { pattern: RegExp; measure: Measure; factors: readonly number[] }[] = [
  { pattern: /^ ?(?:KiB|kB)(?![\w/])|^k(?!\w)/, measure: 'bytes', factors: [KI] },
  { pattern: /^ ?MiB(?![\w/])|^m(?!\w)/, measure: 'bytes', factors: [KI ** 2] },
  { pattern: /^ ?GiB(?![\w/])|^g(?!\w)/, measure: 'bytes', factors: [KI ** 3] },
  { pattern: /^ ?TiB(?![\w/])|^t(?!\w)/, measure: 'bytes', factors: [KI ** 4] },
  { pattern: /^ ?KB(?![\w/])/, measure: 'bytes', factors: [KI, 1e3] },
  { pattern: /^ ?MB(?![\w/])/, measure: 'bytes', factors: [KI ** 2, 1e6] },
  { pattern: /^ ?GB(?![\w/])/, measure: 'bytes', factors: [KI ** 3, 1e9] },
  { pattern: /^ ?TB(?![\w/])/, measure: 'bytes', factors: [KI ** 4, 1e12] },
  { pattern: /^ ?(?:B|bytes?)(?!\w)|^ ?字节/, measure: 'bytes', factors: [1] },
  { pattern: /^ ?(?:ms|milliseconds?)(?!\w)|^ ?毫秒/, measure: 'duration', factors: [1] },
  { pattern: /^ ?(?:s|secs?|seconds?)(?!\w)|^ ?秒/, measure: 'duration', factors: [1e3] },
  { pattern: /^ ?(?:mins?|minutes?)(?!\w)|^ ?分(?:钟|(?![\u4e00-\u9fff]))/, measure: 'duration', factors: [60e3] },
  { pattern: /^ ?(?:h|hours?)(?!\w)|^ ?小时/, measure: 'duration', factors: [3600e3] },
  { pattern: /^ ?days?(?!\w)|^ ?天/, measure: 'duration', factors: [86400e3] },
  { pattern: /^ ?(?:%|％|percent(?!\w))/, measure: 'percent', factors: [1] },
  { pattern: /^ ?million(?!\w)/, measure: 'count', factors: [1e6] },
  { pattern: /^ ?万/, measure: 'count', factors: [1e4] },
  { pattern: /^ ?亿/, measure: 'count', factors: [1e8] },
];

const NUMBER = /(?<![\w.-]|(?<!\d)\/)-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?/g;
/** Times of day and dates: compared as they stand (`clocksIn`), never as figures. */
const CLOCK = /(?<![\w:.])(?:\d{4}-\d\d-\d\d|\d{1,2}:\d\d(?::\d\d)?)(?![\w:])/g;

/**
 * The figures of a text with their units. Numbers inside names (`stage_3`, `bd-node12`, `3.5.6-rc1`, a path) are part of the
 * name; `3 min 12 s` is one figure; times of day and dates are none.
 */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = [];
  const plain = text.replace(CLOCK, (clock) => ' '.repeat(clock.length));
  let end = -1;
  for (const match of plain.matchAll(NUMBER)) {
    const behind = plain.slice(match.index + match[0].length, match.index + match[0].length + 16);
    const unit = UNITS.find(({ pattern }) => pattern.test(behind));
    if (!unit && (/^\.\d/.test(behind) || /^(?:\w|\/(?!\d))/.test(behind))) continue;
    const figure = figureOf(match[0], unit, behind);
    if (!figure) continue;
    const before = figures.at(-1);
    const adjacent = /^ ?$/.test(plain.slice(end, match.index));
    if (before && adjacent && continues(before, figure)) figures[figures.length - 1] = together(before, figure);
    else figures.push(figure);
    end = match.index + figure.text.length;
  }
  return figures;
}

/** Times of day and dates of a text, as printed: `11:29:22`, `10:30`, `2026-11-21`. */
export function clocksIn(text: string): string[] {
  return (
    text
      .replace(/(\d\d)T(?=\d\d:)/g, '$1 ')
      .replace(/(:\d\d)(?:\.\d{1,9})?Z/g, '$1 ')
      .match(CLOCK) ?? []
  );
}

function figureOf(printed: string, unit: (typeof UNITS)[number] | undefined, behind: string): Figure | null {
  const raw = Math.abs(Number(printed.replaceAll(',', '')));
  if (!Number.isFinite(raw)) return null;
  const decimals = /\.(\d+)$/.exec(printed)?.[1]?.length ?? 0;
  const half = 0.5 * 10 ** -decimals;
  return {
    text: printed + (unit?.pattern.exec(behind)?.[0] ?? ''),
    measure: unit?.measure ?? 'count',
    raw,
    readings: (unit?.factors ?? [1]).map((factor) => ({
      value: raw * factor,
      slack: factor === 1 && decimals === 0 && unit?.measure !== 'percent' ? 0 : half * factor,
    })),
  };
}

/** `12 min` and `22 s`: one duration in two units, the larger first. */
function continues(larger: Figure, smaller: Figure): boolean {
  const isDuration = larger.measure === 'duration' && smaller.measure === 'duration';
  return isDuration && (smaller.readings[0]?.slack ?? 0) < (larger.readings[0]?.slack ?? 0);
}

function together(larger: Figure, smaller: Figure): Figure {
  const [{ value, slack } = { value: 0, slack: 0 }] = smaller.readings;
  const sum = (larger.readings[0]?.value ?? 0) + value;
  return { ...smaller, text: `${larger.text} ${smaller.text}`, readings: [{ value: sum, slack }] };
}
