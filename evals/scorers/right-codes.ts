import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import type { Expected } from '../scenario/scenario.ts';

/** What is no cause but a verdict about the whole: it is healthy, it goes on, it is not known. */
const VERDICT = /^(?:none|unknown)\./;

/** A code that is right in this scenario: a true cause, or one that may stand in the place of one. */
export function isRight(code: RootCause['code'], { causes, alsoRight }: Expected): boolean {
  return causes.includes(code) || alsoRight.includes(code);
}

/**
 * The causes that an answer claims, each once, in their order. What is only *inconclusive* is a candidate and no claim; a verdict about the whole
 * that stands first is the one claim of its answer, whatever candidates follow it.
 */
export function claimedCodes({ rootCauses }: Diagnosis): RootCause['code'][] {
  const [first] = rootCauses;
  if (first === undefined) return [];
  if (VERDICT.test(first.code)) return [first.code];
  return [...new Set(rootCauses.filter(({ standing }) => standing !== 'inconclusive').map(({ code }) => code))];
}

/** What an answer does, from its outcome, in the words of `expected.behaviour`. */
export function behaviourOf({ outcome }: Diagnosis): Expected['behaviour'] {
  return outcome === 'answered' ? 'answer' : outcome === 'refused' ? 'refuse' : outcome;
}

/**
 * The cause that a correct answer is about: the first right one; absent where none of the claims is right. What is told of a wrong cause (its
 * place, its time, who is responsible) is right by accident at best.
 */
export function rightCause({ rootCauses }: Diagnosis, expected: Expected): RootCause | undefined {
  return rootCauses.find(({ code }) => isRight(code, expected));
}
