import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import { TOPICS } from '../../investigation/question/theory-entry.ts';
import { THEORY_LEXICON } from '../../investigation/question/theory-lexicon.ts';

/** Causes that a clause names in the words that people use for them, whatever it says about them. */
export function namedCodes(clause: string): CauseCode[] {
  return THEORY_LEXICON.flatMap(({ code, names, topic, polarity }) =>
    code !== null && polarity === undefined && (!topic || TOPICS[topic].test(clause)) && names.test(clause)
      ? [code]
      : [],
  );
}
