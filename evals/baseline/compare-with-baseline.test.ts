import { describe, expect, it } from 'vitest';
import { type MadeUpTrial, madeUpResult } from '../report/suite-result-fixture.ts';
import type { Baseline } from './baseline.ts';
import { baselineOf } from './baseline-of.ts';
import { compareWithBaseline } from './compare-with-baseline.ts';

const USUAL: readonly MadeUpTrial[] = [
  { askId: 'a-1-load/asked-1' },
  { askId: 'a-1-load/renamed', form: 'renamed' },
  { askId: 'b-2-join/asked-1', given: 'kernel.global_oom', standing: 'likely', values: { chain: 0.5, speed: 0.4 } },
  { askId: 'b-2-join/asked-1', variant: 'scripted' },
];
const BASELINE = baselineOf(madeUpResult(USUAL), null);

function differences(trials: readonly MadeUpTrial[], more: Parameters<typeof madeUpResult>[1] = {}, base = BASELINE) {
  const { same, cases } = compareWithBaseline(madeUpResult(trials, more), base);
  return { same, cases: cases.map(({ kind, askId, variant, says }) => [kind, `${askId} ${variant}`, ...says]) };
}

/** The usual run with one trial said otherwise. */
const but = (at: number, change: MadeUpTrial) =>
  USUAL.map((trial, index) => (index === at ? { ...trial, ...change } : trial));

describe('a run against the baseline', () => {
  it('differs in nothing from itself', () => {
    expect(differences(USUAL)).toEqual({ same: 4, cases: [] });
  });

  it('differs in nothing for another seed, order, time, or other new names', () => {
    const noisy = [...but(1, { question: 'why did xqz_9 fail' })].reverse().map((trial) => ({
      ...trial,
      durationMs: 9_999,
      values: { ...trial.values, speed: 0.123 },
    }));
    expect(differences(noisy, { seed: 77, durationMs: 1 })).toEqual({ same: 4, cases: [] });
  });

  it('names a wrong answer where there was a right one, with what it was and is', () => {
    expect(differences(but(0, { given: 'kernel.global_oom', standing: 'likely' })).cases).toEqual([
      [
        'worse',
        'a-1-load/asked-1 rules',
        'was kernel.memcg_oom confirmed, right, is kernel.global_oom likely, wrong',
        'cause 1 → 0',
      ],
    ]);
  });

  it.each<[string, MadeUpTrial, string]>([
    ['less sure and right', { standing: 'likely' }, 'worse'],
    ['a hard gate that is broken', { broken: ['evidence-validity'] }, 'worse'],
    ['a value that falls', { values: { chain: 0.8 } }, 'worse'],
    ['a crash', { status: 'crashed' }, 'worse'],
    ['a value that falls by less than other names do', { values: { chain: 0.97 } }, 'changed'],
    ['a value that is not said any more', { values: { chain: null } }, 'changed'],
    ['another outcome with the same cause', { outcome: 'needs_more' }, 'changed'],
    ['what was not run', { status: 'not_run' }, 'not_run'],
  ])('%s: %j is %s', (_, change, kind) => {
    expect(differences(but(0, change)).cases.map(([kind]) => kind)).toEqual([kind]);
  });

  it.each<[string, MadeUpTrial, string]>([
    ['right at last, though a value fell', { given: 'kernel.memcg_oom', values: { chain: 0.1 } }, 'better'],
    ['surer and wrong', { standing: 'confirmed' }, 'worse'],
    ['less sure and wrong', { standing: 'inconclusive' }, 'better'],
    ['a value that rises', { values: { chain: 0.75 } }, 'better'],
    ['one value up, another down', { values: { chain: 0.75, 'evidence-validity': 0.2 } }, 'worse'],
    ['wrong otherwise', { given: 'kernel.oom_priority' }, 'changed'],
  ])('of a wrong answer: %s: %j is %s', (_, change, kind) => {
    const values = { ...USUAL[2]?.values, ...change.values };
    expect(differences(but(2, { ...change, values })).cases.map(([kind]) => kind)).toEqual([kind]);
  });

  it('names what is new and what is gone, and of a filtered run nothing that it left out', () => {
    const [, ...rest] = USUAL;
    const run = [...rest, { askId: 'c-3-etl/asked-1' }];
    expect(differences(run).cases.map(([kind, name]) => [kind, name])).toEqual([
      ['new', 'c-3-etl/asked-1 rules'],
      ['gone', 'a-1-load/asked-1 rules'],
    ]);
    expect(differences(run, { filter: 'tag chinese' }).cases.map(([kind]) => kind)).toEqual(['new']);
    expect(differences([{ askId: 'b-2-join/asked-1', variant: 'scripted' }]).cases).toEqual([]);
  });

  it('says when the question is another one, which explains another answer', () => {
    const [other] = differences(but(0, { question: 'and now?', standing: 'likely' })).cases;
    expect(other).toContain('the question is another one');
  });

  it('holds only values of scorers that the baseline knows, and says which are gone', () => {
    const former: Baseline = { ...BASELINE, scorers: ['cause', 'evidence-validity', 'place'] };
    const difference = compareWithBaseline(madeUpResult(but(0, { values: { chain: 0 } })), former);
    expect([difference.cases, difference.scorersGone]).toEqual([[], ['place']]);
  });

  it('leaves a model’s answers out, and without a baseline all is new', () => {
    expect(differences([{ variant: 'live' }], { variants: ['live'] })).toEqual({ same: 0, cases: [] });
    const first = compareWithBaseline(madeUpResult(USUAL), null);
    expect([first.baseline, first.cases.map(({ kind }) => kind)]).toEqual([null, ['new', 'new', 'new', 'new']]);
  });

  it('refuses a run that put one ask twice', () => {
    expect(() => differences([{}, {}])).toThrow('twice');
  });
});
