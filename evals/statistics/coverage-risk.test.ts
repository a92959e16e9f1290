import { expect, it } from 'vitest';
import { coverageRisk } from './coverage-risk.ts';

it('heeding less sure answers covers more and risks more', () => {
  const answers = [
    { confidence: 0.95, right: true },
    { confidence: 0.95, right: true },
    { confidence: 0.7, right: false },
    { confidence: 0.7, right: true },
    { confidence: null, right: true },
  ];
  expect(coverageRisk(answers)).toEqual([
    { confidence: 0.95, heeded: 2, coverage: 0.4, risk: 0 },
    { confidence: 0.7, heeded: 4, coverage: 0.8, risk: 0.25 },
  ]);
});

it('who always abstains covers nothing, however right that is', () => {
  expect(coverageRisk([{ confidence: null, right: true }])).toEqual([]);
});
