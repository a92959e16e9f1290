import { isCauseRight } from './cause.ts';
import { behaviourOf } from './right-codes.ts';
import type { Score } from './scorer.ts';
import { scorerOf } from './scorer-of.ts';

/**
 * The confidence that a standing states, for coverage–risk and Brier. *Confirmed* claims to be proven: one in twenty may be wrong before the word is; *likely* is
 * more right than wrong; *inconclusive* claims nothing.
 */
export const STATED_CONFIDENCE = { confirmed: 0.95, likely: 0.7, inconclusive: 0.3 } as const;

/** Whether it answered, asked for more, or kept silent where it had to. */
export const ABSTENTION = scorerOf({
  name: 'abstention',
  measures: '1: the answer does what it had to (answer, needs_more, healthy, still_running, refuse); 0: something else',
  expects: () => true,
  judge: ({ diagnosis, expected }) => {
    const given = behaviourOf(diagnosis);
    const standing = diagnosis.rootCauses[0]?.standing ?? 'inconclusive';
    const isRight = isCauseRight(diagnosis, expected);
    // What may also be right behaves as it says: to ask for more where that is one of the right answers is no fault.
    const fits = given === expected.behaviour || isRight;
    return {
      value: fits ? 1 : 0,
      detail: `${given}, and it had to be ${expected.behaviour}`,
      figures: {
        expected: isRight ? given : expected.behaviour,
        given,
        confidence: STATED_CONFIDENCE[standing],
        isRight: isRight ? 1 : 0,
        // What asks for more or refuses covers nothing.
        isCovered: given === 'needs_more' || given === 'refuse' ? 0 : 1,
      },
    };
  },
});

/** How often which behaviour was given where which was expected, from the scores of `abstention`; a crash has no figures and is not in it. */
export function confusionOf(scores: readonly Score[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const table = new Map<string, Map<string, number>>();
  for (const { scorer, figures } of scores) {
    if (scorer !== ABSTENTION.name || figures === undefined) continue;
    const [expected, given] = [String(figures.expected), String(figures.given)];
    const row = table.get(expected) ?? new Map<string, number>();
    row.set(given, (row.get(given) ?? 0) + 1);
    table.set(expected, row);
  }
  return table;
}
