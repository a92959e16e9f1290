import { clocksIn, type Figure, figuresIn, type Measure, type Reading } from './figures-in.ts';

/**
 * Every figure that was read or computed in one investigation. A figure in bytes is compared with bytes and with bare numbers
 * taken as bytes, a duration with durations and with bare numbers taken as milliseconds, a bare number with bare numbers only:
 * were each compared with each in any unit, some pair would always fit.
 */
export class KnownFigures {
  readonly #byMeasure: Record<Measure, Set<number>> = {
    count: new Set(),
    bytes: new Set(),
    duration: new Set(),
    percent: new Set(),
  };
  /** Bare numbers as they were printed with any unit. */
  readonly #raw = new Set<number>();
  readonly #clocks = new Set<string>();

  addText(text: string): void {
    for (const figure of figuresIn(text)) {
      this.#raw.add(figure.raw);
      for (const { value } of figure.readings) this.#byMeasure[figure.measure].add(value);
    }
    for (const clock of clocksIn(text)) this.#clocks.add(clock);
  }

  /** A number in base units: bytes, milliseconds, a share from 0 to 1 for percent. */
  addNumber(value: number, measure: Measure = 'count'): void {
    if (!Number.isFinite(value)) return;
    this.#byMeasure[measure].add(Math.abs(value));
    if (measure === 'count') this.#raw.add(Math.abs(value));
  }

  /** A moment, milliseconds since the epoch, that a text may name as a date or a time of day in UTC. */
  addMoment(at: number | null | undefined): void {
    if (at === null || at === undefined || !Number.isFinite(at) || Math.abs(at) > 8.64e15) return;
    for (const clock of clocksIn(new Date(at).toISOString())) this.#clocks.add(clock);
  }

  hasClock(clock: string): boolean {
    return [...this.#clocks].some((known) => known === clock || known.startsWith(`${clock}:`));
  }

  has({ measure, raw, readings }: Figure): boolean {
    const counts = this.#byMeasure.count;
    if (measure === 'count')
      return this.#raw.has(raw) || readings.some((reading) => near(reading, this.#raw) || near(reading, counts));
    if (readings.some((reading) => near(reading, this.#byMeasure[measure]))) return true;
    const asPlain = measure === 'percent' ? readings.map(shareOf) : readings;
    return asPlain.some((reading) => near(reading, counts));
  }
}

function shareOf({ value, slack }: Reading): Reading {
  return { value: value / 100, slack: slack / 100 };
}

/** Small counts (one of three, the first four) are language, not measurements; a figure with a unit is always one. */
const SMALL_COUNT = 10;

/** The figures, times and dates of a statement that nobody read or computed, as printed. Empty when all are known. */
export function unknownFigures(statement: string, known: KnownFigures): string[] {
  const figures = figuresIn(statement).filter((figure) => !isLanguage(figure) && !known.has(figure));
  return [...figures.map(({ text }) => text), ...clocksIn(statement).filter((clock) => !known.hasClock(clock))];
}

function isLanguage({ measure, raw }: Figure): boolean {
  return measure === 'count' && Number.isInteger(raw) && raw <= SMALL_COUNT;
}

/** Within half a unit of the last digit printed: a figure may be rounded, and no more. */
function near({ value, slack }: Reading, known: ReadonlySet<number>): boolean {
  if (known.has(value)) return true;
  if (slack === 0) return false;
  for (const other of known) if (Math.abs(other - value) <= slack * 1.000001) return true;
  return false;
}
