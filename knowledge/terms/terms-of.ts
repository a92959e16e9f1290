/** Longest term that is kept: what is longer is no word that anybody asks for. */
const LONGEST_TERM = 40;
/** Runs of what terms are made of: identifiers with their dots and dashes, or Han characters. */
const RUNS = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}][[\p{L}\p{N}_.$\-']--\p{Script=Han}]*/gv;
const HAN = /\p{Script=Han}/u;

/**
 * The terms of a text, in order and with repeats, as both sides of the search count them: Latin words in lower case without
 * their endings, identifiers whole and in their parts (`spark.executor.memoryOverhead` also gives `executor`, `memory`,
 * `overhead`), Han characters in overlapping pairs. Never longer than the index keeps (40 characters).
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of text.normalize('NFKC').matchAll(RUNS)) {
    if (HAN.test(run)) pairs(run, terms);
    else words(run, terms);
  }
  return terms;
}

function pairs(run: string, into: string[]): void {
  const characters = Array.from(run);
  if (characters.length === 1) into.push(run);
  for (let at = 0; at + 1 < characters.length; at += 1) into.push(`${characters[at]}${characters[at + 1]}`);
}

/** The whole, its parts between dots and dashes, and the words inside each part: `executor.memoryOverhead` is asked by any of them. */
function words(run: string, into: string[]): void {
  const whole = run.replace(/[._\-$']+$/u, '');
  const parts = whole.split(/[._\-$']+/u).filter((part) => part !== '');
  if (parts.length > 1) into.push(whole.toLowerCase().slice(0, LONGEST_TERM));
  for (const part of parts) {
    const inner = part.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u);
    if (inner.length > 1) into.push(part.toLowerCase().slice(0, LONGEST_TERM));
    for (const word of inner) into.push(stem(word.toLowerCase()).slice(0, LONGEST_TERM));
  }
}

/** Plural and verb endings off where a word is left: `failed`, `fails`, `failing` all become `fail`, `caching` and `cache` become `cach`. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  if (/[^sui]s$/.test(word)) return stem(word.slice(0, -1));
  const [, root] = /^(.*[aeiouy].*)(?:ing|(?<!e)ed)$/.exec(word) ?? [];
  if (root !== undefined && root.length >= 3) return root.replace(/([bdgmnpt])\1$/, '$1').replace(/e$/, '');
  return word.endsWith('e') ? word.slice(0, -1) : word;
}
