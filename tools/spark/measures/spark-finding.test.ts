import { expect, test } from 'vitest';
import { fixtureQuote, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { spoken } from './spark-evidence.ts';
import { heaviest, type Judgement, sparkFinding } from './spark-finding.ts';

const run = sparkRunFixture({ application: { attempt: '2' } });
const said = (more: Partial<Judgement> = {}): Judgement => ({
  rule: 'spark/x',
  kind: 'observed',
  en: 'a',
  zh: 'b',
  at: null,
  evidence: spoken(fixtureQuote('line'), 1),
  weight: 0.5,
  ...more,
});

test('every finding carries the keys of its application', () => {
  expect(sparkFinding(run, said({ keys: { stageId: 3 } })).keys).toEqual({
    applicationId: 'app-1',
    applicationName: 'fixture',
    applicationAttempt: 2,
    user: 'etl',
    stageId: 3,
  });
});

test('nothing is observed without a line that says so', () => {
  expect(sparkFinding(run, said({ evidence: [] })).kind).toBe('inferred');
});

test('unknown figures are left out, weights stay between 0 and 1', () => {
  const finding = sparkFinding(
    run,
    said({ weight: 7, values: { a: Number.NaN, b: null, c: 1.23456, d: 1234.5678, e: 'x' } }),
  );
  expect(finding).toMatchObject({ weight: 1, values: { c: 1.235, d: 1235, e: 'x' } });
  expect(sparkFinding(run, said({ weight: Number.NaN })).weight).toBe(0);
});

test('the heaviest few, without what is too light', () => {
  const findings = [0.001, 0.3, 0.9, 0.4, 0.2, 0.5, 0.6].map((weight) => sparkFinding(run, said({ weight })));
  expect(heaviest(findings).map(({ weight }) => weight)).toEqual([0.9, 0.6, 0.5, 0.4, 0.3]);
});
