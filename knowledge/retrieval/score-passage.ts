import { conceptWeight } from './concept-weight.ts';
import type { AskedConcepts, Concept } from './concepts-of.ts';
import type { TermWeights } from './term-weights.ts';
import { SEARCH } from './thresholds.ts';

/** The searched columns of a candidate, as the index has them (`indexed-columns.ts`): terms joined by blanks, the head in lines. */
export interface SearchedText {
  head: string;
  body: string;
}

/** How well a passage answers what was asked. */
export interface PassageScore {
  score: number;
  /** 0 to 1: how much of what the question speaks of the passage holds, weighed by how telling it is. */
  coverage: number;
  /** The weight of what it holds. */
  weight: number;
  /** What of the question it holds, as the asker said it. */
  matched: readonly string[];
  /** The same as concepts of the question. */
  held: readonly Concept[];
}

/** Scores one candidate: BM25 over what was asked, each thing by the best way to say it, and words that stand side by side. */
export function scorePassage(asked: AskedConcepts, text: SearchedText, weights: TermWeights): PassageScore {
  const head = counted(text.head);
  const body = counted(text.body);
  const length = 1 - SEARCH.b + SEARCH.b * (body.length / SEARCH.usualTerms);
  let score = 0;
  let held = 0;
  let whole = 0;
  const holds: Concept[] = [];
  for (const concept of asked.concepts) {
    const weight = conceptWeight(concept, weights);
    whole += weight;
    const best = bestWay(concept, (term) => body.of(term) / length + (head.of(term) > 0 ? SEARCH.headCount : 0));
    if (best.count === 0) continue;
    holds.push(concept);
    held += weight * best.factor ** 0.5;
    score += (weight * best.factor * best.count * (SEARCH.k1 + 1)) / (best.count + SEARCH.k1);
  }
  const sides = ` ${text.body} `;
  for (const [first, second] of asked.pairs) {
    if (sides.includes(` ${first} ${second} `))
      score += SEARCH.pair * Math.min(weights.of(first), weights.of(second)) + SEARCH.pair;
  }
  return {
    score,
    coverage: whole === 0 ? 0 : held / whole,
    weight: held,
    matched: [...new Set(holds.map(({ asked: word }) => word))],
    held: holds,
  };
}

function bestWay({ ways }: Concept, count: (term: string) => number): { count: number; factor: number } {
  let best = { count: 0, factor: 1 };
  for (const [at, way] of ways.entries()) {
    const found = Math.min(...way.map(count));
    const factor = at === 0 ? 1 : SEARCH.otherWay;
    if (found > 0 && factor * found > best.factor * best.count) best = { count: found, factor };
  }
  return best;
}

function counted(text: string): { length: number; of(term: string): number } {
  const counts = new Map<string, number>();
  const terms = text.split(/[ \n]/);
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { length: terms.length, of: (term) => counts.get(term) ?? 0 };
}
