import { expect, it } from 'vitest';
import { counted, firstOf, percent, points, saidCost, saidCount, saidDuration, saidShare } from './say-figures.ts';

it('a share that is not all is never told as all, nor one that is something as nothing', () => {
  expect([0.8941, 1, 0, 0.9999, 0.0001].map(percent)).toEqual(['89.4%', '100.0%', '0.0%', '99.9%', '0.1%']);
});

it('a share is told with its interval and its count, and of nothing there is a dash', () => {
  const share = { hits: 8, of: 10, value: 0.8, interval: { low: 0.49, high: 0.943 } };
  expect([saidShare(share), saidCount(share), saidShare(null), saidCount(null)]).toEqual([
    '80.0% (49.0–94.3)',
    '8 of 10',
    '–',
    '–',
  ]);
});

it.each([
  [820.4, '820 ms'],
  [3400, '3.4 s'],
  [59_960, '1 min 00 s'],
  [245_000, '4 min 05 s'],
])('%d ms is %s', (ms, said) => {
  expect(saidDuration(ms)).toBe(said);
});

it('costs have their units, differences their signs, counts their words', () => {
  expect([
    saidCost(0.00123, 'usd'),
    saidCost(12.3456, 'usd'),
    saidCost(16128, 'count'),
    saidCost(2.5, 'count'),
  ]).toEqual(['$0.0012', '$12.35', '16,128', '2.5']);
  expect([points(0.032), points(-0.1), counted(1, 'case'), counted(2, 'case')]).toEqual([
    '+3.2',
    '−10.0',
    '1 case',
    '2 cases',
  ]);
});

it('a long list ends with how many are left out', () => {
  expect([firstOf(['a', 'b'], 2), firstOf(['a', 'b', 'c'], 1), firstOf([])]).toEqual(['a, b', 'a and 2 more', '']);
});
