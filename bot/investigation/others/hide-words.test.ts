import { expect, it } from 'vitest';
import { hideWords, isTelling } from './hide-words.ts';

const hide = hideWords(
  new Map([
    ['dau_report', 'X'],
    ['carol.w', 'Y'],
    ['Daily sales 报表', 'Z'],
  ]),
);

it.each([
  ['dau_report failed', 'X failed'],
  ['/jobs/dau_report.py', '/jobs/X.py'],
  ['tmp_dau_report_20261120', 'tmp_X_20261120'],
  ['DAU_REPORT', 'X'],
  ['dau_report,dau_report', 'X,X'],
  ['by carol.w.', 'by Y.'],
  ['“Daily sales 报表” is slow', '“Z” is slow'],
  ['dau_reports and my-dau', 'dau_reports and my-dau'],
])('%s', (text, hidden) => {
  expect(hide(text)).toBe(hidden);
});

it('takes plain words of a platform for no name', () => {
  expect(['stderr', 'root', 'Driver', 'abc'].filter(isTelling)).toEqual([]);
  expect(isTelling('ads_join')).toBe(true);
});

it('is done at once with long words', () => {
  const from = performance.now();
  hide('a_'.repeat(100_000));
  hide('dau_report_'.repeat(20_000));
  hide(`${'x'.repeat(50_000)} `.repeat(10));
  expect(performance.now() - from).toBeLessThan(2_000);
});
