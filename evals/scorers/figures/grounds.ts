import { type Figure, figuresIn, type Measure } from './figure.ts';

/** Keys that name what their number measures, as engines, services and the kernel write them. */
const DURATION_KEY =
  /(?:time|duration|elapsed|wait|delay|latency|millis|ms|nanos|ns|secs?|seconds|pause|interval|expiry)s?(?:_(?:value|max|min|mean|count|\d{2,4}thpercentile))?$/i;
const NANOS_KEY = /cpu time|write time|nanos|ns$/i;
const MICROS_KEY = /usec|micros|us$/i;
const BYTES_KEY =
  /(?:bytes|size|memory|mem|spilled|capacity|used|free|available|limit|usage|rss|heap|quota)(?:inbytes|_in_bytes|mb)?$/i;
/** `"Run Time":123`, `memoryMB=123`, `usage 123`. */
const KEYED = /([A-Za-z][\w .-]{0,60}?)"?\s{0,2}[:=]\s{0,2}"?(\d{1,19}(?:\.\d{1,9})?)(?![\d.]*[A-Za-z%])/g;
/** `name{label="…"} 123` and `name 123`, as metrics are written. */
const METRIC = /^([A-Za-z_:][\w:]{3,200})(?:\{[^}]{0,500}\})? (\d{1,19}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?)(?= |$)/gm;
/** A moment as milliseconds since the epoch, from 2001 to 2096. */
const EPOCH_MS = /(?<![\d.])(?:[1-3]\d{12})(?![\d.])/g;
const ISO_LIKE = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)/g;
const SHORT_YEAR = /(?<!\d)(\d\d)\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)/g;
const CLOCK = /(?<![\d:])(\d\d):(\d\d):(\d\d)(?!\d)/g;
const KI = 1024;

/** What a figure, a time or a name of an answer may rest on. */
export class Grounds {
  readonly #values: Record<Measure, number[]> = { count: [], bytes: [], duration: [], percent: [] };
  readonly #moments = new Set<number>();
  readonly #clocks = new Set<string>();
  #isSorted = true;

  /** Figures with their units, and bare numbers as counts; times of day as they stand. */
  addText(text: string): this {
    for (const { measure, values } of figuresIn(text)) for (const value of values) this.add(measure, value);
    for (const [clock] of text.matchAll(CLOCK)) this.#clocks.add(clock);
    for (const [moment] of text.matchAll(EPOCH_MS)) this.addMoment(Number(moment));
    for (const [whole] of text.matchAll(ISO_LIKE))
      this.addMoment(Date.parse(`${whole.replaceAll('/', '-').replace(' ', 'T')}Z`));
    for (const [, year, month, day, ...clock] of text.matchAll(SHORT_YEAR)) {
      this.addMoment(Date.parse(`20${year}-${month}-${day}T${clock.slice(0, 3).join(':')}Z`));
    }
    return this;
  }

  /** A line of a machine: numbers behind keys are also what their keys say that they measure. */
  addRecord(text: string): this {
    this.addText(text);
    for (const [, key = '', digits = ''] of [...text.matchAll(KEYED), ...text.matchAll(METRIC)]) {
      const value = Number(digits);
      if (DURATION_KEY.test(key)) {
        this.add('duration', value);
        if (NANOS_KEY.test(key)) this.add('duration', value / 1e6);
        if (MICROS_KEY.test(key)) this.add('duration', value / 1e3);
        if (/secs?$|seconds$/i.test(key)) this.add('duration', value * 1e3);
      }
      if (BYTES_KEY.test(key)) {
        this.add('bytes', value);
        if (/mb$|memory$/i.test(key)) this.add('bytes', value * KI ** 2);
      }
    }
    return this;
  }

  add(measure: Measure, value: number): this {
    if (Number.isFinite(value)) {
      this.#values[measure].push(Math.abs(value));
      this.#isSorted = false;
    }
    return this;
  }

  /** Milliseconds since the epoch. */
  addMoment(at: number): this {
    if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return this;
    this.#moments.add(at);
    const iso = new Date(at).toISOString();
    this.#clocks.add(iso.slice(0, 10)).add(iso.slice(11, 19));
    // A time of day may be said rounded to the second.
    this.#clocks.add(new Date(at + 500).toISOString().slice(11, 19));
    return this;
  }

  get moments(): ReadonlySet<number> {
    return this.#moments;
  }

  hasClock(clock: string): boolean {
    if (this.#clocks.has(clock)) return true;
    const padded = /^\d:/.test(clock) ? `0${clock}` : clock;
    return [...this.#clocks].some((known) => known === padded || known.startsWith(`${padded}:`));
  }

  /** Whether a figure is one of these, rounded as it is printed; `leastDigits`: only figures with so many digits that carry information. */
  has({ measure, values, slacks }: Figure): boolean {
    return values.some((value, at) => {
      const slack = slacks[at] ?? 0;
      if (this.#near(measure, value, slack)) return true;
      // A bare number may count bytes; a share may be told in percent.
      if (measure === 'bytes') return value >= KI && this.#near('count', value, slack);
      return measure === 'percent' && this.#near('count', value / 100, slack / 100);
    });
  }

  #near(measure: Measure, value: number, slack: number): boolean {
    if (!this.#isSorted) {
      for (const values of Object.values(this.#values)) values.sort((a, b) => a - b);
      this.#isSorted = true;
    }
    const known = this.#values[measure];
    const tolerance = slack * 1.000_001 + Math.abs(value) * 1e-9;
    let low = 0;
    let high = known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle] ?? 0) < value - tolerance) low = middle + 1;
      else high = middle;
    }
    return (known[low] ?? Number.POSITIVE_INFINITY) <= value + tolerance;
  }
}
