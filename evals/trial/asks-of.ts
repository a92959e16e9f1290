import type { Scenario } from '../scenario/scenario.ts';
import { isRight } from '../scorers/right-codes.ts';
import { anothersTheory } from './anothers-theory.ts';
import type { Ask } from './ask.ts';

/**
 * Every question that is put about the scenarios: each variant as asked; once renamed throughout; once with another asker's theory.
 *
 * @param seed decides the new names; asks and their ids stay the same
 */
export function asksOf(scenarios: readonly Scenario[], seed: number): Ask[] {
  return scenarios.flatMap((scenario, at) => [
    ...scenario.questions.map(
      ({ text, language, attach }, variant): Ask => ({
        id: `${scenario.id}/asked-${variant + 1}`,
        scenario,
        form: 'asked',
        question: text,
        language,
        attach,
        seed,
      }),
    ),
    ...renamed(scenario, seed),
    ...withTheory(scenario, scenarios, at, seed),
  ]);
}

function renamed(scenario: Scenario, seed: number): Ask[] {
  const [first] = scenario.questions;
  // A run that nobody may read, and a question about something handed in beside the capture, are put once more as they are.
  if (first === undefined || first.attach.length > 0) return [];
  return [
    {
      id: `${scenario.id}/renamed`,
      scenario,
      form: 'renamed',
      question: first.text,
      language: first.language,
      attach: [],
      seed,
    },
  ];
}

function withTheory(scenario: Scenario, all: readonly Scenario[], at: number, seed: number): Ask[] {
  const [first] = scenario.questions;
  if (first === undefined) return [];
  // The next asker in the list whose incident has nothing in common with this one, and who guessed.
  for (let step = 1; step < all.length; step += 1) {
    const other = all[(at + step * THEORY_STEP) % all.length];
    if (other === undefined || other.expected.causes.some((code) => isRight(code, scenario.expected))) continue;
    const theory = anothersTheory(other, first.language);
    if (theory === null) continue;
    return [
      {
        id: `${scenario.id}/theory`,
        scenario,
        form: 'theory',
        question: `${first.text} ${theory}`,
        language: first.language,
        attach: first.attach,
        seed,
      },
    ];
  }
  return [];
}

/** Neighbours in the list are of one family: their guesses are too near. */
const THEORY_STEP = 7;
