import { expect, it } from 'vitest';
import { readScenarios } from '../../scenario/read-scenarios.ts';
import { asksOf } from '../../trial/asks-of.ts';
import { SCRIPTED } from './scripted.ts';
import { readTurns, scriptedScenarios } from './turns.ts';

const asks = asksOf(readScenarios(), 1);

it('takes one question of each scenario that has turns, as it was asked, and no other', () => {
  const taken = asks.filter(SCRIPTED.takes);
  expect(taken.map(({ id }) => id).sort()).toEqual(
    scriptedScenarios()
      .map((id) => `${id}/asked-${readTurns(id)?.question}`)
      .sort(),
  );
});

it('has an answerer for what it takes, and says so of anything else', async () => {
  const { answererOf, close } = await SCRIPTED.open({
    workers: 1,
    limits: { maxUsd: null, perMinute: null },
    made: [],
  });
  const [taken] = asks.filter(SCRIPTED.takes);
  const [other] = asks.filter((ask) => !SCRIPTED.takes(ask));
  if (taken === undefined || other === undefined) throw new Error('there are both');
  expect(answererOf(taken, 1)).toHaveProperty('answer');
  expect(() => answererOf(other, 1)).toThrow(`no turns were written for ${other.id}`);
  await close();
});
