/** How telling terms are in one collection of passages. */
export interface TermWeights {
  /** Weight of a term: the rarer the heavier; a term that no passage holds weighs most. */
  of(term: string): number;
  /** Whether any passage holds it. */
  knows(term: string): boolean;
}

/**
 * Weights by inverse document frequency, as BM25 has it.
 *
 * @param frequencies in how many passages a term stands
 * @param passages how many passages there are
 */
export function termWeights(frequencies: ReadonlyMap<string, number>, passages: number): TermWeights {
  return {
    of(term) {
      const held = Math.min(frequencies.get(term) ?? 0, passages);
      return Math.log(1 + (passages - held + 0.5) / (held + 0.5));
    },
    knows: (term) => (frequencies.get(term) ?? 0) > 0,
  };
}
