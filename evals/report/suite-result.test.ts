import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readScenario, SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import { scoredTrial, scorerInfo } from './suite-result.ts';
import { madeUpTrial } from './suite-result-fixture.ts';

it('a trial keeps what of its scenario a report needs, as plain JSON', () => {
  const [first = ''] = readdirSync(SCENARIOS_FOLDER);
  const scenario = readScenario(path.join(SCENARIOS_FOLDER, first));
  const { trial, scores } = madeUpTrial({});
  const scored = scoredTrial(trial, scores, { ...scenario, gateBecause: undefined });
  expect(scored).toMatchObject({ title: scenario.title, tags: scenario.tags, gate: scenario.gate, gateBecause: null });
  expect(JSON.parse(JSON.stringify(scored))).toEqual(scored);
  const derived = { ...scenario, provenance: { ...scenario.provenance, from: 'its-1-origin' } };
  expect(scoredTrial(trial, scores, derived).incident).toBe('its-1-origin');
});

it('a scorer that does not say so does not depend on the clock', () => {
  const score = () => Promise.reject(new Error('not asked'));
  expect(scorerInfo({ name: 'a', measures: 'b', isHardGate: true, score })).toEqual({
    name: 'a',
    measures: 'b',
    isHardGate: true,
    isTimed: false,
  });
});
