import { bestSymptom } from './best-symptom.ts';
import type { Concept } from './concepts-of.ts';
import type { Ranked } from './passage-source.ts';
import type { TermWeights } from './term-weights.ts';
import { SEARCH } from './thresholds.ts';
import type { WeighedQuestion } from './weigh-question.ts';

/** What speaks for and against that the best document is about what was asked. */
export interface AnswerSigns {
  /** Weight of what the question and the best document share. */
  shared: number;
  /** The same as a share of what the question speaks of. */
  coverage: number;
  /** The largest share that one passage alone holds. */
  passage: number;
  /** The largest share that one line of what people say holds. */
  line: number;
  /** Things of the field (lines of the glossary) that they share. */
  ofTheField: number;
  /** Names in the question that no document knows, such as another product's. */
  unknownNames: number;
}

/** Whether anything written is about what was asked; if not, nothing is returned. */
export function isAnswered(ranked: readonly Ranked[], question: WeighedQuestion, weights: TermWeights): boolean {
  const { floor } = SEARCH;
  const signs = signsOf(ranked, question, weights);
  const foreign = signs.shared < floor.sharedEnough ? Math.min(signs.unknownNames, 2) : 0;
  const points =
    floor.shared * Math.log1p(signs.shared) +
    floor.coverage * signs.coverage +
    floor.ofTheField * Math.min(signs.ofTheField, 3) +
    floor.passage * signs.passage +
    floor.line * signs.line +
    floor.unknownNames * foreign;
  return points >= floor.least;
}

/** The signs, read off the best document's passages together. */
export function signsOf(ranked: readonly Ranked[], question: WeighedQuestion, weights: TermWeights): AnswerSigns {
  const [best] = ranked;
  const held = new Set(
    ranked.filter(({ row }) => row.documentId === best?.row.documentId).flatMap(({ found }) => found.held),
  );
  const shared = question.concepts.filter(({ concept }) => held.has(concept));
  const weight = shared.reduce((sum, one) => sum + one.weight, 0);
  return {
    shared: weight,
    coverage: question.whole === 0 ? 0 : weight / question.whole,
    ofTheField: shared.filter(({ concept }) => concept.ways.length > 1).length,
    passage: Math.max(0, ...ranked.slice(0, 10).map(({ found }) => found.coverage)),
    line: bestSymptom(best?.row.head ?? '', { ...question, pairs: [] }).coverage,
    unknownNames: new Set(
      question.concepts.filter(({ concept }) => isUnknownName(concept, weights)).map(({ concept }) => concept.asked),
    ).size,
  };
}

/** A proper name, by its capital or by standing in Latin letters among Chinese, that no passage holds. */
function isUnknownName({ asked, ways, foreign }: Concept, weights: TermWeights): boolean {
  const unknown = ways.every((way) => way.every((term) => !weights.knows(term)));
  return unknown && /^[A-Za-z][\w-]{3,30}$/.test(asked) && (foreign === true || /^[A-Z]/.test(asked));
}
