import type { Diagnosis, Standing } from '../../bot/investigation/diagnosis.ts';

/**
 * What a reader takes a standing to say, as a probability: the middles of “almost certain”, “likely” and “even chance” of the US
 * Intelligence Community Directive 203 (2015), rounded. Declared before any run, never fitted to one.
 */
export const CONFIDENCE: Readonly<Record<Standing, number>> = { confirmed: 0.97, likely: 0.7, inconclusive: 0.5 };

/** How sure an answer says it is; null: it abstained (asks for more, refuses) or there is none. */
export function confidenceOf(diagnosis: Diagnosis | null): number | null {
  if (diagnosis === null || diagnosis.outcome === 'needs_more' || diagnosis.outcome === 'refused') return null;
  const [first] = diagnosis.rootCauses;
  return first === undefined ? null : CONFIDENCE[first.standing];
}
