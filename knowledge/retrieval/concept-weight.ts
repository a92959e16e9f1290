import type { Concept } from './concepts-of.ts';
import type { TermWeights } from './term-weights.ts';

/** How telling a concept is: as its commonest way to say it, since that is how a passage would say it. */
export function conceptWeight({ ways, part = 1 }: Concept, weights: TermWeights): number {
  return part * Math.min(...ways.map((way) => Math.max(...way.map((term) => weights.of(term)))));
}
