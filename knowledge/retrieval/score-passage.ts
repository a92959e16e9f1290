import type { Concept } from './concepts-of.ts';
import { SEARCH } from './thresholds.ts';
import type { WeighedConcept, WeighedQuestion } from './weigh-question.ts';

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

const NOTHING: PassageScore = { score: 0, coverage: 0, weight: 0, matched: [], held: [] };

/**
 * Scores one candidate: BM25 over what was asked, each thing by the best way to say it, and words that stand side by side.
 *
 * @param shared what `askedInHead` found in the head; for pieces of one document it is worked out once
 */
export function scorePassage(
  question: WeighedQuestion,
  text: SearchedText,
  shared: ReadonlySet<number> = askedInHead(question, text.head),
): PassageScore {
  const counts = new Float64Array(question.places.size);
  const bodyTerms = count(text.body, question, counts);
  const length = 1 - SEARCH.b + SEARCH.b * (bodyTerms / SEARCH.usualTerms);
  for (let at = 0; at < counts.length; at++) counts[at] = (counts[at] ?? 0) / length;
  // A term of the head counts once, however often it stands there.
  const head = new Set(shared);
  for (const term of text.head.slice(text.head.lastIndexOf('\n') + 1).split(' ')) {
    const place = question.places.get(term);
    if (place !== undefined) head.add(place);
  }
  for (const place of head) counts[place] = (counts[place] ?? 0) + SEARCH.headCount;
  if (counts.every((found) => found === 0)) return NOTHING;
  let score = 0;
  let held = 0;
  const holds: Concept[] = [];
  for (const weighed of question.concepts) {
    const best = bestWay(weighed, counts);
    if (best.count === 0) continue;
    const { concept, weight } = weighed;
    holds.push(concept);
    held += weight * best.factor ** 0.5;
    score += (weight * best.factor * best.count * (SEARCH.k1 + 1)) / (best.count + SEARCH.k1);
  }
  const sides = ` ${text.body} `;
  for (const { text: pair, weight } of question.pairs) {
    if (sides.includes(pair)) score += SEARCH.pair * weight + SEARCH.pair;
  }
  return {
    score,
    coverage: question.whole === 0 ? 0 : held / question.whole,
    weight: held,
    matched: [...new Set(holds.map(({ asked: word }) => word))],
    held: holds,
  };
}

function bestWay({ ways }: WeighedConcept, counts: Float64Array): { count: number; factor: number } {
  let best = { count: 0, factor: 1 };
  for (let at = 0; at < ways.length; at++) {
    let found = Number.POSITIVE_INFINITY;
    for (const place of ways[at] ?? []) found = Math.min(found, counts[place] ?? 0);
    const factor = at === 0 ? 1 : SEARCH.otherWay;
    if (found > 0 && factor * found > best.factor * best.count) best = { count: found, factor };
  }
  return best;
}

/** Adds the terms of a text that are asked for; the number of all its terms. */
function count(text: string, { places }: WeighedQuestion, counts: Float64Array): number {
  const terms = text.split(' ');
  for (const term of terms) {
    const place = places.get(term);
    if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
  }
  return terms.length;
}

/** Which terms of a question stand in the lines of a head that all pieces of a document share: all but the last. */
export function askedInHead({ places }: WeighedQuestion, head: string): Set<number> {
  const found = new Set<number>();
  for (const line of head.split('\n').slice(0, -1)) {
    for (const term of line.split(' ')) {
      const place = places.get(term);
      if (place !== undefined) found.add(place);
    }
  }
  return found;
}
