/** Finds which of many fixed strings stand in a text, in one pass over the text. */
export interface LiteralIndex {
  /** Positions (in the list given) of the literals that occur in `text`, each once, rising. */
  hits(text: string): number[];
  /** True when at least one literal occurs; stops at the first. */
  any(text: string): boolean;
}

const WINDOW = 4;
const BUCKETS = 1 << 16;

/**
 * Builds the index once. Every literal has at least four characters; the first four are hashed into a bitmap, so that text
 * without any literal costs one look per character however many literals there are.
 */
export function literalIndex(literals: readonly string[]): LiteralIndex {
  const bitmap = new Uint8Array(BUCKETS);
  const buckets = new Map<number, number[]>();
  for (const [index, literal] of literals.entries()) {
    if (literal.length < WINDOW) throw new Error(`literal shorter than ${WINDOW} characters: ${literal}`);
    const hash = hashAt(literal, 0);
    bitmap[hash] = 1;
    const bucket = buckets.get(hash);
    if (bucket) bucket.push(index);
    else buckets.set(hash, [index]);
  }
  return {
    hits: (text) => [...scan(text, literals, bitmap, buckets, false)].sort((a, b) => a - b),
    any: (text) => scan(text, literals, bitmap, buckets, true).size > 0,
  };
}

function scan(
  text: string,
  literals: readonly string[],
  bitmap: Uint8Array,
  buckets: ReadonlyMap<number, number[]>,
  firstOnly: boolean,
): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at + WINDOW <= text.length; at += 1) {
    const hash = hashAt(text, at);
    if (bitmap[hash] === 0) continue;
    for (const index of buckets.get(hash) ?? []) {
      if (found.has(index) || !text.startsWith(literals[index] ?? '', at)) continue;
      found.add(index);
      if (firstOnly) return found;
    }
  }
  return found;
}

function hashAt(text: string, at: number): number {
  let hash = text.charCodeAt(at);
  for (let step = 1; step < WINDOW; step += 1) hash = (hash * 31 + text.charCodeAt(at + step)) & 0xffffff;
  return (hash ^ (hash >>> 8)) & (BUCKETS - 1);
}
