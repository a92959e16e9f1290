/**
 * The figures of a text: numbers with their decimals, thousands separators dropped. Numbers inside identifiers
 * (`stage_3`, `bd-node12`, `3.5.6-rc1`) are part of a name, not figures.
 */
export function figuresIn(text: string): number[] {
  const figures: number[] = [];
  for (const match of text.matchAll(/(?<![\w.\-/])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.\-/])-?\d+(?:\.\d+)?/g)) {
    const behind = text.slice(match.index + match[0].length, match.index + match[0].length + 6);
    const isOfName = /^[\w/]/.test(behind) && !/^[a-zA-Z]{1,4}\b/.test(behind);
    if (isOfName || /^\.\d/.test(behind)) continue;
    const value = Number(match[0].replaceAll(',', ''));
    if (Number.isFinite(value)) figures.push(value);
  }
  return figures;
}

/** Small counts (one of three, the first four) are language, not measurements. */
const SMALL_COUNT = 10;
/** A printed figure is rounded: half a unit of its last digit, or half a percent. */
const TOLERANCE = 0.006;
/** Factors between units a figure may be printed in: bytes, durations, percent. */
const UNIT_FACTORS = [1, 1024, 1024 ** 2, 1024 ** 3, 1024 ** 4, 1000, 1e6, 60_000, 3_600_000, 60, 3600, 0.01, 100];

/**
 * The figures of a statement that neither occur in the evidence nor were computed. Empty when all are known.
 *
 * @param known every number of the evidence and of what tools computed, in base units
 */
export function unknownFigures(statement: string, known: readonly number[]): number[] {
  const sorted = [...new Set(known.map(Math.abs))].sort((a, b) => a - b);
  return figuresIn(statement).filter((figure) => !isKnown(Math.abs(figure), sorted));
}

function isKnown(figure: number, sorted: readonly number[]): boolean {
  if (Number.isInteger(figure) && figure <= SMALL_COUNT) return true;
  return UNIT_FACTORS.some((factor) => near(figure * factor, sorted) || near(figure / factor, sorted));
}

function near(value: number, sorted: readonly number[]): boolean {
  const slack = Math.max(Math.abs(value) * TOLERANCE, 1e-9);
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value - slack) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && (sorted[low] ?? Number.POSITIVE_INFINITY) <= value + slack;
}
