import { expect, test } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { FIXTURE_AT, findingFixture } from './finding-fixture.ts';
import { resourcesWereGiven } from './resources-were-given.ts';

const APP = { applicationId: 'app-20261121162500-0017' };
const wait: Finding = findingFixture({
  rule: 'scheduling/no-resources-accepted',
  kind: 'inferred',
  code: 'scheduling.insufficient_resources',
  symptom: 'waiting',
  keys: APP,
  at: FIXTURE_AT + 30_000,
});
const ended = (change: Partial<Finding> = {}) =>
  findingFixture({
    rule: 'symptom/container-exited',
    code: null,
    symptom: 'container_exited',
    keys: APP,
    at: FIXTURE_AT,
    count: 6,
    ...change,
  });

test('executors that start and end one after the other were given their room', () => {
  const [judged] = resourcesWereGiven([wait, ended()]);
  expect(judged).toMatchObject({ code: null, symptom: 'waiting' });
});

test('near misses: one executor, another run, only later, taken for others, proven by the scheduler', () => {
  const stays = (other: Finding, about = wait) => resourcesWereGiven([about, other])[0]?.code;
  expect(stays(ended({ count: 1 }))).toBe(wait.code);
  expect(stays(ended({ keys: { applicationId: 'app-20261121162500-0018' } }))).toBe(wait.code);
  expect(stays(ended({ at: FIXTURE_AT + 60_000 }))).toBe(wait.code);
  expect(stays(ended({ code: 'scheduling.preemption' }))).toBe(wait.code);
  expect(stays(ended({ echo: true }))).toBe(wait.code);
  expect(stays(ended(), { ...wait, kind: 'observed' })).toBe(wait.code);
});

test('absent data', () => {
  expect(resourcesWereGiven([])).toEqual([]);
  expect(resourcesWereGiven([wait])[0]?.code).toBe(wait.code);
});
