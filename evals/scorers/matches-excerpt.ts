/** What stands in a quote for a secret, or for the name of somebody else's run: any bytes may stand there. */
const HIDDEN = /‹(?:masked|another (?:application|user) [A-Z]{1,4}|a container of another application [A-Z]{1,4})›/;

/**
 * Whether an excerpt stands in a text byte for byte; what is hidden in it matches anything. An excerpt of nothing but hidden parts shows nothing, and
 * stands nowhere.
 */
export function matchesExcerpt(text: string, excerpt: string): boolean {
  const pieces = excerpt.split(HIDDEN);
  if (pieces.every((piece) => piece.trim() === '')) return false;
  let at = 0;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}
