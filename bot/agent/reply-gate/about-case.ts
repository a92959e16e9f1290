import { type CaseWords, contentWords } from './case-words.ts';

/**
 * Of the words of a sentence, the share in which the house speaks of troubles at all; of Chinese, pairs across two words count too.
 * Honest replies about the bundled runs have 0.67 and more, and 0.3 and more.
 */
const KNOWN_SHARE = 0.6;
const KNOWN_SHARE_HAN = 0.2;
/** Names with dots are judged as names. */
const DOTTED = /[A-Za-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,12}/g;

/**
 * True when a sentence speaks in the words of the trade: the catalogue's, the case's, the names of the case. What has none of them
 * (an invitation, a poem, somebody's privileges) came from elsewhere.
 */
export function isAboutCase(sentence: string, { told, house, names, settings }: CaseWords): boolean {
  let rest = sentence;
  let named = 0;
  for (const name of [...names, ...settings]) {
    if (name.length < 4 || !rest.includes(name)) continue;
    rest = rest.replaceAll(name, ' ');
    named += 1;
  }
  const content = contentWords(rest.replace(DOTTED, ' '));
  if (content.length === 0) return true;
  const known = named + content.filter((word) => told.has(word) || house.has(word)).length;
  return known / (content.length + named) >= (/\p{Script=Han}{4}/u.test(rest) ? KNOWN_SHARE_HAN : KNOWN_SHARE);
}
