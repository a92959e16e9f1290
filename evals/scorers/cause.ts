import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import type { Expected } from '../scenario/scenario.ts';
import { behaviourOf, claimedCodes, isRight } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

/** The first cause is a right one, and the answer behaves as it says: a healthy run is told to be healthy, not `answered`. */
export const CAUSE = scorerOf({
  name: 'cause',
  measures: '1: the first cause is true and the outcome fits it; 0: anything else, or a crash',
  expects: () => true,
  judge: ({ diagnosis, expected }) => {
    const first = diagnosis.rootCauses[0];
    const figures = {
      first: first?.code ?? '(none)',
      standing: first?.standing ?? '(none)',
      outcome: diagnosis.outcome,
    };
    const isRightFirst = isCauseRight(diagnosis, expected);
    const detail =
      expected.behaviour === 'refuse'
        ? `${diagnosis.outcome}, and it had to be refused`
        : `${figures.first} with the outcome ${diagnosis.outcome}, and it was ${expected.causes.join(' + ')}`;
    return { value: isRightFirst ? 1 : 0, detail, figures };
  },
});

/** The first cause is a right one and the outcome fits it; of what had to be refused: it was. */
export function isCauseRight(diagnosis: Diagnosis, expected: Expected): boolean {
  const behaviour = behaviourOf(diagnosis);
  if (expected.behaviour === 'refuse') return behaviour === 'refuse';
  const [first] = diagnosis.rootCauses;
  return first !== undefined && isRight(first.code, expected) && behaviour === behaviourFor(first.code);
}

/** A right code among the first three, claimed or as a candidate. */
export const CAUSE_IN_THREE = scorerOf({
  name: 'cause-in-three',
  measures: '1: a true cause is among the first three named, candidates included; 0: none is',
  expects: ({ behaviour }) => behaviour !== 'refuse',
  judge: ({ diagnosis, expected }) => {
    const named = diagnosis.rootCauses.slice(0, 3).map(({ code }) => code);
    const isThere = named.some((code) => isRight(code, expected));
    return { value: isThere ? 1 : 0, detail: `${named.join(', ') || 'nothing'}: not ${expected.causes.join(' + ')}` };
  },
});

/**
 * Precision at full recall (as ITBench scores several faults): 0 when a true cause is missing among what is claimed, else the share of what is
 * claimed that is right. `alsoRight` may stand in the place of any true cause.
 */
export const CAUSE_PRECISION = scorerOf({
  name: 'cause-precision',
  measures: '0: a true cause is missing; else the share of the claimed causes that are true',
  expects: ({ behaviour }) => behaviour !== 'refuse',
  judge: ({ diagnosis, expected }) => {
    const claimed = claimedCodes(diagnosis);
    const right = claimed.filter((code) => isRight(code, expected));
    const missing = expected.causes.filter((code) => !claimed.includes(code));
    if (right.length < expected.causes.length) {
      return { value: 0, detail: `missing: ${missing.join(', ')}; claimed: ${claimed.join(', ') || 'nothing'}` };
    }
    const wrong = claimed.filter((code) => !isRight(code, expected));
    return { value: right.length / claimed.length, detail: `claimed beside the truth: ${wrong.join(', ')}` };
  },
});

/** A code that the scenario calls tempting and wrong, at any rank, unless it is only a candidate of an answer that asks for more. */
export const FORBIDDEN_CAUSE = scorerOf({
  name: 'forbidden-cause',
  measures: '1: no cause that the scenario forbids is claimed; 0: one is',
  expects: ({ forbidden }) => forbidden.length > 0,
  judge: ({ diagnosis, expected }) => {
    const forbidden = claimedCodes(diagnosis).filter((code) => expected.forbidden.includes(code));
    return { value: forbidden.length === 0 ? 1 : 0, detail: `claimed: ${forbidden.join(', ')}` };
  },
});

/** A code that is neither true nor right as well, said to be proven, at any rank: the worst that can be told. */
export const WRONG_CONFIRMED = scorerOf({
  name: 'wrong-confirmed',
  measures: '1: no cause that is not true is called confirmed; 0: one is',
  expects: () => true,
  judge: ({ diagnosis, expected }) => {
    const wrong = diagnosis.rootCauses
      .filter(({ code, standing }) => standing === 'confirmed' && !isRight(code, expected))
      .map(({ code }) => code);
    return { value: wrong.length === 0 ? 1 : 0, detail: `confirmed: ${wrong.join(', ')}` };
  },
});

function behaviourFor(code: string): string {
  if (code === 'none.healthy') return 'healthy';
  if (code === 'none.still_running') return 'still_running';
  return code.startsWith('unknown.') ? 'needs_more' : 'answer';
}
