import { describe, expect, it } from 'vitest';
import { baselineOf } from '../baseline/baseline-of.ts';
import { makeReport } from './make-report.ts';
import { headLines, reportTables } from './report-tables.ts';
import { type MadeUpTrial, madeUpResult } from './suite-result-fixture.ts';

const WRONG = { given: 'kernel.global_oom', standing: 'likely' } as const;
const TRIALS: readonly MadeUpTrial[] = [
  {},
  { askId: 'b-2-x/asked-1', ...WRONG, gate: 'usually' },
  { askId: 'b-2-x/theory', ...WRONG, gate: 'usually', form: 'theory' },
  { askId: 'c-3-x/asked-1', variant: 'scripted' },
  { askId: 'd-4-x/asked-1', variant: 'live', status: 'not_run' },
];
const report = (trials = TRIALS) => makeReport(madeUpResult(trials), { baseline: null });
const table = (title: string, of = report()) => reportTables(of).find((one) => one.title === title);

describe('a report in lines and tables', () => {
  it('has the figures that matter in its head', () => {
    expect(headLines(report())).toEqual([
      'Wherefore 0.1.0 at 8dcde1b0c5d1; 2026-11-22T01:00:00Z, 1 min 01 s, seed 1',
      'rules: right 33.3% (4.5–84.1), 1 of 3, 0 wrong and confirmed (3 asks, 2 incidents)',
      'scripted: 1 of 1 as scripted: loop and gate, no accuracy (1 ask, 1 incident)',
      'live: nothing was made (0 asks, 0 incidents, 1 not run)',
      'baseline: there is none yet',
      'gates: passed; 2 of 2 that must always be right are; 2 wrong ones tolerated',
    ]);
  });

  it('cuts nothing of `scripted` by tag, as accuracy is', () => {
    const titles = reportTables(report()).map(({ title }) => title);
    expect(titles).toContain('By tag, rules');
    expect(titles).toContain('Scorers, scripted');
    expect(titles.filter((title) => /^(?:By|Taken).*scripted/.test(title))).toEqual([]);
  });

  it('names what was not run with why, and what is tolerated once for each scenario', () => {
    expect(table('Not run')?.rows).toEqual([['d-4-x/asked-1 live #1', 'the server is down']]);
    expect(table('Wrong, and only usually right')?.rows).toEqual([['b-2-x', '2', 'cause: cause is off', 'it is new']]);
  });

  it('names what blocks and what became worse', () => {
    const baseline = baselineOf(madeUpResult([{}]), null);
    const worse = makeReport(madeUpResult([WRONG]), { baseline });
    expect(table('What blocks', worse)?.rows.map(([fault]) => fault)).toEqual([
      'must be right',
      'worse than the baseline',
    ]);
    expect(table('Against the baseline, case by case', worse)?.rows[0]?.slice(0, 2)).toEqual([
      'worse',
      'job-1-load/asked-1 rules',
    ]);
    expect(headLines(worse).at(-1)).toContain('BLOCKED by 2 faults');
  });

  it('has a cell for each column of each row', () => {
    for (const { head, rows, figures } of reportTables(report())) {
      for (const row of rows) expect(row).toHaveLength(head.length);
      expect(Math.max(-1, ...figures)).toBeLessThan(head.length);
    }
  });
});
