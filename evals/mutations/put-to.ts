import path from 'node:path';
import { readScenario, SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { scoreTrial } from '../scorers/index.ts';
import type { Score, Truth } from '../scorers/scorer.ts';
import type { Answerer } from '../trial/answerer.ts';
import type { Ask } from '../trial/ask.ts';
import { putAsk } from '../trial/put-ask.ts';
import type { Trial } from '../trial/trial.ts';

/** A trial with what it scores, by the scorer's name. */
export interface Scored {
  trial: Trial;
  scores: ReadonlyMap<string, Score>;
}

/** What a test may change before a trial is scored: what the truth says, or what was opened. */
export type Before = (trial: Trial, truth: Truth) => { trial: Trial; truth: Truth };

/** A scenario of the benchmark, by its id. */
export function scenarioOf(id: string): Scenario {
  return readScenario(path.join(SCENARIOS_FOLDER, id));
}

/** Puts the first question of a scenario to somebody, by the same way as the product, and scores what comes back by the same scorers. */
export async function putTo(answerer: Answerer, id: string, before?: Before): Promise<Scored> {
  const scenario = scenarioOf(id);
  const [first] = scenario.questions;
  if (first === undefined) throw new Error(`${id} has no question`);
  const ask: Ask = {
    id: `${id}/asked-1`,
    scenario,
    form: 'asked',
    question: first.text,
    language: first.language,
    attach: first.attach,
    seed: 1,
  };
  return await putAsk(ask, answerer, { variant: 'rules', attempt: 1 }, async (asked, told) => {
    const { trial, truth } = before?.(asked, told) ?? { trial: asked, truth: told };
    const scores = await scoreTrial(trial, truth);
    return { trial, scores: new Map(scores.map((score) => [score.scorer, score])) };
  });
}

/** What a scorer says of a trial; undefined where it says nothing. */
export function scoreOf({ scores }: Scored, scorer: string): number | null | undefined {
  return scores.get(scorer)?.value;
}

/** Names of the hard gates that are red. */
export function redGates({ scores }: Scored): string[] {
  return [...scores.values()].filter(({ passed }) => passed === false).map(({ scorer }) => scorer);
}
