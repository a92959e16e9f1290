import { MASK } from '../../../tools/evidence/mask-secrets.ts';
import { aroundOthers } from '../others/pseudonyms.ts';

/**
 * True when the excerpt stands in the text byte for byte, a masked secret (a key of several lines too) and what stands for another's run
 * matching any bytes.
 */
export function matchesMasked(text: string, excerpt: string): boolean {
  if (excerpt === '') return false;
  const pieces = excerpt.split(MASK).flatMap(aroundOthers);
  const [first = ''] = pieces;
  for (let from = text.indexOf(first); from !== -1; from = text.indexOf(first, from + 1)) {
    if (restMatches(text, from + first.length, pieces.slice(1))) return true;
    if (first === '') return false;
  }
  return false;
}

function restMatches(text: string, start: number, pieces: readonly string[]): boolean {
  let at = start;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}
