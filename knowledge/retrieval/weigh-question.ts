import { conceptWeight } from './concept-weight.ts';
import type { AskedConcepts, Concept } from './concepts-of.ts';
import type { TermWeights } from './term-weights.ts';

/** One thing of a question, weighed, its terms as places in the list of all terms asked. */
export interface WeighedConcept {
  concept: Concept;
  weight: number;
  ways: readonly (readonly number[])[];
}

/** A question made ready to be held against hundreds of passages: what does not change from one to the next is worked out once. */
export interface WeighedQuestion {
  concepts: readonly WeighedConcept[];
  /** Every term that any concept asks for, with its place. */
  places: ReadonlyMap<string, number>;
  /** Words that stand side by side, with a blank on both sides, and the lesser weight of the two. */
  pairs: readonly { text: string; weight: number }[];
  /** Weight of all concepts together. */
  whole: number;
}

/** Weighs what a question speaks of by how telling it is among the passages of one index. */
export function weighQuestion({ concepts, pairs }: AskedConcepts, weights: TermWeights): WeighedQuestion {
  const places = new Map<string, number>();
  const placeOf = (term: string) => {
    const place = places.get(term) ?? places.size;
    places.set(term, place);
    return place;
  };
  const weighed = concepts.map((concept) => ({
    concept,
    weight: conceptWeight(concept, weights),
    ways: concept.ways.map((way) => way.map(placeOf)),
  }));
  return {
    concepts: weighed,
    places,
    pairs: pairs.map(([first, second]) => ({
      text: ` ${first} ${second} `,
      weight: Math.min(weights.of(first), weights.of(second)),
    })),
    whole: weighed.reduce((sum, { weight }) => sum + weight, 0),
  };
}
