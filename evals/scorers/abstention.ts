import { CONFIDENCE } from '../report/confidence-of.ts';
import { isCauseRight } from './cause.ts';
import { behaviourOf } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

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
        confidence: CONFIDENCE[standing],
        isRight: isRight ? 1 : 0,
        // What asks for more or refuses covers nothing.
        isCovered: given === 'needs_more' || given === 'refuse' ? 0 : 1,
      },
    };
  },
});
