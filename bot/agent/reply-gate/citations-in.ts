const CITATION = /\[((?:e\d{1,5})(?:[\s,，、;]{1,3}e\d{1,5}){0,12})\]/g;

/** The evidence ids that a text cites, as `[e3]` or `[e3, e4]`, each once. */
export function citationsIn(text: string): string[] {
  return [...new Set([...text.matchAll(CITATION)].flatMap(([, ids = '']) => ids.match(/e\d+/g) ?? []))];
}

/** The text without its citations: ids of evidence are no figures and no names. */
export function withoutCitations(text: string): string {
  return text.replace(CITATION, ' ');
}
