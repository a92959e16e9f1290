/** What a figure measures: it is compared with its like alone. Durations are in milliseconds, sizes in bytes, shares in percent. */
export type Measure = 'count' | 'bytes' | 'duration' | 'percent';

/** A figure as printed: one value for each way in which its unit can be read (MB: 10⁶ or 2²⁰). */
export interface Figure {
  text: string;
  measure: Measure;
  /** In base units. */
  values: readonly number[];
  /** Half a unit of the last digit printed, in base units, for each of `values`; 0 where nothing was rounded. */
  slacks: readonly number[];
  /** Digits that carry information: `1,240,000` has 3, `446.5` has 4. */
  digits: number;
}

interface Unit {
  words: string;
  measure: Measure;
  factors: readonly number[];
}

const KI = 1024;
const UNITS: readonly Unit[] = [
  { words: 'KiB|kiB', measure: 'bytes', factors: [KI] },
  { words: 'MiB', measure: 'bytes', factors: [KI ** 2] },
  { words: 'GiB', measure: 'bytes', factors: [KI ** 3] },
  { words: 'TiB', measure: 'bytes', factors: [KI ** 4] },
  { words: 'KB|kB|K', measure: 'bytes', factors: [KI, 1e3] },
  { words: 'MB|M', measure: 'bytes', factors: [KI ** 2, 1e6] },
  { words: 'GB|G', measure: 'bytes', factors: [KI ** 3, 1e9] },
  { words: 'TB|T', measure: 'bytes', factors: [KI ** 4, 1e12] },
  { words: 'bytes?|B|字节', measure: 'bytes', factors: [1] },
  { words: 'ms|milliseconds?|毫秒', measure: 'duration', factors: [1] },
  { words: 'seconds?|secs?|sec|thread-s|s|秒', measure: 'duration', factors: [1e3] },
  { words: 'minutes?|mins?|分钟|分', measure: 'duration', factors: [60e3] },
  { words: 'hours?|h|小时', measure: 'duration', factors: [3600e3] },
  { words: 'days?|天', measure: 'duration', factors: [86400e3] },
  { words: '%|％|percent', measure: 'percent', factors: [1] },
  { words: 'million', measure: 'count', factors: [1e6] },
  { words: '万', measure: 'count', factors: [1e4] },
  { words: '亿', measure: 'count', factors: [1e8] },
];

/** A letter that clings to its number is a size, as Spark and the JVM write it; in a sentence `5 m` is nothing known. */
const CLINGING: readonly Unit[] = [
  { words: 'k', measure: 'bytes', factors: [KI] },
  { words: 'm', measure: 'bytes', factors: [KI ** 2] },
  { words: 'g', measure: 'bytes', factors: [KI ** 3] },
  { words: 't', measure: 'bytes', factors: [KI ** 4] },
  { words: 'b', measure: 'bytes', factors: [1] },
];

const UNIT_BEHIND = UNITS.map((unit) => ({ unit, pattern: new RegExp(`^ ?(?:${unit.words})(?![A-Za-z0-9_])`) }));
const CLINGING_BEHIND = CLINGING.map((unit) => ({ unit, pattern: new RegExp(`^(?:${unit.words})(?![A-Za-z0-9_])`) }));
const LONGEST_UNIT = 14;
const NUMBER = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?/g;

/** Every figure of a text, wherever it stands: also inside names, where they are only of use to what they are held against. */
export function figuresIn(text: string): Figure[] {
  const figures: (Figure & { from: number; to: number })[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const to = match.index + match[0].length;
    const figure = figureOf(match[0], text.slice(to, to + LONGEST_UNIT));
    const before = figures.at(-1);
    const end = match.index + figure.text.length;
    if (before && continues(before, figure) && /^ ?$/.test(text.slice(before.to, match.index))) {
      figures[figures.length - 1] = { ...joined(before, figure), from: before.from, to: end };
    } else figures.push({ ...figure, from: match.index, to: end });
  }
  return figures;
}

function figureOf(printed: string, behind: string): Figure {
  const plain = printed.replaceAll(',', '');
  const found =
    CLINGING_BEHIND.find(({ pattern }) => pattern.test(behind)) ??
    UNIT_BEHIND.find(({ pattern }) => pattern.test(behind));
  const factors = found?.unit.factors ?? [1];
  const decimals = plain.split('.')[1]?.length ?? 0;
  // Milliseconds are rounded as well: engines and metrics have parts of them.
  const isExact =
    decimals === 0 && (found === undefined || (found.unit.factors[0] === 1 && found.unit.measure === 'bytes'));
  return {
    text: printed + (found?.pattern.exec(behind)?.[0] ?? ''),
    measure: found?.unit.measure ?? 'count',
    values: factors.map((factor) => Number(plain) * factor),
    slacks: factors.map((factor) => (isExact ? 0 : 0.5 * 10 ** -decimals * factor)),
    digits: plain
      .replace('.', '')
      .replace(/^0+/, '')
      .replace(decimals === 0 ? /0+$/ : /$^/, '').length,
  };
}

/** `3 min` and `12 s`: one duration in two units, the larger first. */
function continues(larger: Figure, smaller: Figure): boolean {
  return (
    larger.measure === 'duration' &&
    smaller.measure === 'duration' &&
    (smaller.slacks[0] ?? 0) < (larger.slacks[0] ?? 0) &&
    (larger.slacks[0] ?? 0) >= 30e3
  );
}

function joined(larger: Figure, smaller: Figure): Figure {
  return {
    ...smaller,
    text: `${larger.text} ${smaller.text}`,
    values: [(larger.values[0] ?? 0) + (smaller.values[0] ?? 0)],
    slacks: [smaller.slacks[0] ?? 0],
    digits: larger.digits + 2,
  };
}
