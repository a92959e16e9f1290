import { expect, it } from 'vitest';
import { compareWithLabels, type JudgedTrial } from './compare-with-labels.ts';
import type { Label, Labels } from './read-labels.ts';
import { sayJudgements } from './say-judgements.ts';

const HASH = '0'.repeat(16);

function said(count: number, disagreeing: number, down = 0, confirmedBy: string | null = 'a person') {
  const asks = Array.from({ length: count }, (_, at) => `s-${at}/asked-1`);
  const labels: Label[] = asks.map((ask, at) => ({
    ask,
    answer: HASH,
    says: { plain: [at % 2 === 0 ? 'yes' : 'no', 'x'] },
  }));
  const judged = asks.map((askId, at): JudgedTrial => {
    const yes = (at % 2 === 0) !== at < disagreeing;
    return {
      trialId: `${askId} rules #1`,
      askId,
      answer: HASH,
      judgement:
        at < down
          ? { judged: false, why: 'the judge is down', usd: null }
          : { judged: true, verdicts: { plain: { yes, reason: 'y' } }, usd: 0.001 },
    };
  });
  const file: Labels = { labelledBy: 'a test', confirmedBy, labelledAt: '2026-11-22', commit: 'abcdef0', labels };
  return sayJudgements(judged, compareWithLabels(file, judged), file);
}

it('tells the agreement first, then a score with its interval where the judge can be believed', () => {
  const lines = said(60, 0);
  expect(lines[0]).toMatch(
    /^Agreement of the judge with 60 of 60 labelled answers \(by a test, 2026-11-22, at abcdef0; confirmed by a person\)/,
  );
  expect(lines.find((line) => line.startsWith('  plain'))).toMatch(/n\s+60\s+30\s+30\s+0\s+0 .*kappa\s+1\.00$/);
  const scores = lines.slice(lines.indexOf(''));
  expect(scores[1]).toContain('reported only: no gate, not in the baseline');
  expect(scores.find((line) => line.startsWith('  plain'))).toMatch(/yes 30 of 60 \(95 %: +38 % to +62 %\)/);
  expect(lines.at(-1)).toBe('  cost: 0.0600 USD');
});

it.each([
  ['too few labels', 49, 0],
  ['a judge that disagrees', 60, 30],
  ['labels that no person stands by', 60, 0, null],
] as [string, number, number, (string | null)?][])(
  'shows no score with %s',
  (_what, count, disagreeing, confirmedBy) => {
    const lines = said(count, disagreeing, 0, confirmedBy);
    const scores = lines.slice(lines.indexOf(''));
    expect(scores.find((line) => line.startsWith('  plain'))).toBe(
      '  plain      not shown as a score until kappa ≥ 0.6 on ≥ 50 labels that a person stands by',
    );
    expect(lines.find((line) => line.startsWith('  plain'))).toMatch(/not enough$/);
  },
);

it('names what was not judged, and drops its label', () => {
  const lines = said(4, 0, 1);
  expect(lines).toContain('  not judged: s-0/asked-1 rules #1: the judge is down');
  expect(lines).toContain('  dropped: s-0/asked-1: not judged');
  expect(lines.join('\n')).toContain('3 of 4 answers judged');
});
