import { rightCause } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

/** Who has to act: told of the right cause, one of those whom the truth names. */
export const RESPONSIBILITY = scorerOf({
  name: 'responsibility',
  measures: '1: the right cause is told with a party that the truth names; 0: another party, or no right cause',
  expects: ({ responsibility }) => responsibility.length > 0,
  judge: ({ diagnosis, expected }) => {
    const cause = rightCause(diagnosis, expected);
    if (cause === undefined) return { value: 0, detail: 'no right cause is named' };
    const isRight = expected.responsibility.includes(cause.responsibility);
    return {
      value: isRight ? 1 : 0,
      detail: `${cause.responsibility}, and it is ${expected.responsibility.join(' or ')}`,
    };
  },
});
