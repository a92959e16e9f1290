import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seenIn } from './canaries.ts';
import { recordedGrounds } from './grounds.ts';
import { keptCaseTrials } from './kept-case-trials.ts';
import { modelTrials } from './model-trials.ts';
import { runTrial, type Stage, setStage, talk } from './run-trial.ts';
import { WAYS } from './ways.ts';

/** All ways on all grounds are run by `npm run eval:access`; here each third way on the recording whose users are told apart. */
const EACH = 3;

describe('reads across owners', { timeout: 60_000 }, () => {
  const grounds = recordedGrounds();
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage(grounds.at(-1) as (typeof grounds)[number]);
  });
  afterAll(() => {
    for (const ground of grounds) ground.remove();
  });

  it.each(WAYS.filter((_, at) => at % EACH === 0).map((way) => [way.name, way] as const))('%s', async (_, way) => {
    const outcome = await runTrial(way, stage);
    expect(outcome.leaks).toEqual([]);
    expect(outcome.sameAsMissing).not.toBe(false);
    expect(outcome.shownToTeam).not.toBe(false);
  });

  it('kept cases of others', async () => {
    for (const outcome of await keptCaseTrials(stage)) {
      expect(outcome, outcome.way).toMatchObject({ leaks: [], shownToTeam: true });
      expect(outcome.sameAsMissing, outcome.way).not.toBe(false);
    }
  });

  it('what a model is given, and what it gets by its tools', async () => {
    const outcomes = await modelTrials(stage);
    expect(outcomes.flatMap(({ leaks }) => leaks)).toEqual([]);
    expect(outcomes.some(({ shownToTeam }) => shownToTeam === true)).toBe(true);
  });

  it('fails where the rules are not kept', async () => {
    const [byId] = WAYS;
    if (!byId) throw new Error('no way');
    const { answer, typed } = await talk(byId, stage.ground.target, stage, stage.team);
    expect(seenIn(answer, stage.canaries, typed).length).toBeGreaterThan(0);
  });
});
