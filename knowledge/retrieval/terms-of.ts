/** Words that mean the same for a search stand under one form; see the end of the file for what is done to a word. */
const LONGEST_TERM = 40;
/** Runs of what terms are made of: identifiers with their dots and dashes, or Han characters. */
const RUNS = /[\p{Script=Han}]+|[\p{L}\p{N}][\p{L}\p{N}_.$\-']*/gu;
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

function words(run: string, into: string[]): void {
  const whole = run.replace(/[._\-$']+$/u, '');
  const parts = whole
    .split(/[._\-$']+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((part) => part !== '');
  if (parts.length > 1) into.push(whole.toLowerCase().slice(0, LONGEST_TERM));
  for (const part of parts) into.push(stem(part.toLowerCase()).slice(0, LONGEST_TERM));
}

/** Plural and verb endings off where what is left is still a word: `failed`, `fails`, `failing` all become `fail`. */
function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  if (/[^su]s$/.test(word)) return stem(word.slice(0, -1));
  if (word.endsWith('ing') && word.length > 6) return undoubled(word.slice(0, -3));
  if (word.endsWith('ed') && word.length > 5) return undoubled(word.slice(0, -2));
  return word.endsWith('e') ? word.slice(0, -1) : word;
}

const undoubled = (word: string) => word.replace(/([bdgmnpt])\1$/, '$1').replace(/e$/, '');
