import { conceptWeight } from './concept-weight.ts';
import type { AskedConcepts, Concept } from './concepts-of.ts';
import type { Ranked } from './search-passages.ts';
import type { TermWeights } from './term-weights.ts';
import { SEARCH } from './thresholds.ts';

/** What speaks for and against that the best document is about what was asked. */
export interface AnswerSigns {
  /** Weight of what the question and the best document share. */
  shared: number;
  /** The same as a share of what the question speaks of. */
  coverage: number;
  /** Things of the field (lines of the glossary) that they share. */
  ofTheField: number;
  /** Names in the question that no document knows, such as another product's. */
  unknownNames: number;
}

/** Whether anything written is about what was asked; if not, nothing is returned. */
export function isAnswered(ranked: readonly Ranked[], asked: AskedConcepts, weights: TermWeights): boolean {
  const { floor } = SEARCH;
  const signs = signsOf(ranked, asked, weights);
  const points =
    floor.shared * Math.log1p(signs.shared) +
    floor.coverage * signs.coverage +
    floor.ofTheField * Math.min(signs.ofTheField, 3) +
    floor.unknownNames * Math.min(signs.unknownNames, 2);
  return points >= floor.least;
}

/** The signs, read off the best document's passages together. */
export function signsOf(ranked: readonly Ranked[], { concepts }: AskedConcepts, weights: TermWeights): AnswerSigns {
  const [best] = ranked;
  const held = new Set(
    ranked.filter(({ row }) => row.documentId === best?.row.documentId).flatMap(({ found }) => found.matched),
  );
  const weigh = (chosen: readonly Concept[]) =>
    chosen.reduce((sum, concept) => sum + conceptWeight(concept, weights), 0);
  const shared = concepts.filter(({ asked }) => held.has(asked));
  const whole = weigh(concepts);
  return {
    shared: weigh(shared),
    coverage: whole === 0 ? 0 : weigh(shared) / whole,
    ofTheField: shared.filter(({ ways }) => ways.length > 1).length,
    unknownNames: new Set(concepts.filter((concept) => isUnknownName(concept, weights)).map(({ asked }) => asked)).size,
  };
}

/** A proper name, by its capital or by standing in Latin letters among Chinese, that no passage holds. */
function isUnknownName({ asked, ways, foreign }: Concept, weights: TermWeights): boolean {
  const unknown = ways.every((way) => way.every((term) => !weights.knows(term)));
  return unknown && /^[A-Za-z][\w-]{2,30}$/.test(asked) && (foreign === true || /^[A-Z]/.test(asked));
}
