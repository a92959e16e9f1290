import { beforeAll, describe, expect, it } from 'vitest';
import { citedLines } from '../scorers/figures/cited-line.ts';
import { figuresIn } from '../scorers/figures/figure.ts';
import { holdFigures, nearGrounds } from '../scorers/figures/held-figures.ts';
import { heldWords } from '../scorers/figures/held-words.ts';
import { spokenParts } from '../scorers/figures/spoken-parts.ts';
import { spokenTexts } from '../scorers/figures/spoken-texts.ts';
import { openSources } from '../scorers/sources/open-sources.ts';
import { randomNumbers } from '../statistics/random-numbers.ts';
import { RULES_ANSWERER } from '../variants/rules-answerer.ts';
import { type Before, putTo } from './put-to.ts';

/** Answers with many figures of all kinds, from logs, kernel files, event logs and counters. */
const SCENARIOS = [
  'cache-201-ad-scoring',
  'host-704-job-0551',
  'slow-001-dwd-order-user-wide',
  'yarn-017-campaign-export-full',
];

/** Caught and all, by kind of what was changed. */
type Tally = Map<string, [caught: number, all: number]>;

/**
 * A gate that is green because it lets everything pass is worth nothing. Each number of real answers is replaced by another of as many digits, once, and
 * looked for as the scorer looks. Measured once over the
 * first question of all 107 scenarios: of figures with three digits or more 98 % are found out, with two 72 %, of names 96 %, of times of day all; a count of one
 * digit is language as much as measurement and stands in any log: 5 %, which is why it is not asserted.
 */
describe('each number of real answers replaced by another one', () => {
  const tally: Tally = new Map();
  beforeAll(async () => {
    const random = randomNumbers(7);
    for (const id of SCENARIOS) {
      const planted: Promise<void>[] = [];
      const measure: Before = (trial, truth) => {
        planted.push(plant(trial, truth, tally, random));
        return { trial, truth };
      };
      await putTo(RULES_ANSWERER, id, measure);
      await Promise.all(planted);
    }
  });

  it('is found out', () => {
    const share = (kind: string) => (tally.get(kind)?.[0] ?? 0) / Math.max(1, tally.get(kind)?.[1] ?? 0);
    expect(tally.get('three digits')?.[1]).toBeGreaterThan(25);
    expect(share('three digits')).toBeGreaterThan(0.9);
    expect(share('two digits')).toBeGreaterThan(0.5);
    expect(share('names')).toBeGreaterThan(0.9);
    expect(share('times of day')).toBeGreaterThan(0.9);
  });
});

async function plant(
  trial: Parameters<Before>[0],
  truth: Parameters<Before>[1],
  tally: Tally,
  random: () => number,
): Promise<void> {
  const { diagnosis } = trial;
  if (diagnosis === null) throw new Error(`${trial.id} has no answer`);
  const sources = openSources(truth.platform);
  const cited = await citedLines(diagnosis, sources);
  const held = { trial, diagnosis, cited, words: [], sources };
  const near = nearGrounds(held);
  const hold = holdFigures(held, near);
  const { hasName, hasClock } = heldWords(trial, diagnosis, cited, near, sources);
  const note = (kind: string, isCaught: boolean) => {
    const [caught, all] = tally.get(kind) ?? [0, 0];
    tally.set(kind, [caught + (isCaught ? 1 : 0), all + 1]);
  };
  for (const { where, text } of spokenTexts(diagnosis)) {
    if (where === 'needed') continue;
    const { figures, clocks, names } = spokenParts(text);
    for (const figure of figures) {
      const [other] = figuresIn(otherDigits(figure.text, random));
      if (other === undefined) continue;
      const digits = figure.text.replace(/\D/g, '').length;
      const kind = digits === 1 ? 'one digit' : digits === 2 ? 'two digits' : 'three digits';
      const all = figures.map((one) => (one === figure ? other : one));
      note(kind, (await hold(other, text.replace(figure.text, other.text), all)) === null);
    }
    for (const clock of clocks)
      if (/^\d\d:\d\d:\d\d$/.test(clock)) note('times of day', !(await hasClock(shifted(clock))));
    for (const name of names) if (/\d/.test(name)) note('names', !(await hasName(otherDigits(name, random))));
  }
}

/** The same number of digits, and another number. */
function otherDigits(text: string, random: () => number): string {
  for (;;) {
    let isFirst = true;
    const other = text.replace(/\d/g, () => {
      const digit = isFirst ? 1 + Math.floor(random() * 9) : Math.floor(random() * 10);
      isFirst = false;
      return String(digit);
    });
    if (other !== text) return other;
  }
}

/** A time of day some hours off. */
function shifted(clock: string): string {
  return `${String((Number(clock.slice(0, 2)) + 5) % 24).padStart(2, '0')}${clock.slice(2)}`;
}
