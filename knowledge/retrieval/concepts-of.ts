import { termsOf } from '../terms/terms-of.ts';
import { GLOSSARY } from './glossary.ts';
import { type QueryToken, queryTokens } from './query-tokens.ts';

/** One thing that a question speaks of, with every way to say it that we know. */
export interface Concept {
  /** As the asker said it. */
  asked: string;
  /** The asker's own words first; each way is a list of terms that must all be there. */
  ways: readonly (readonly string[])[];
  /** A Latin word in a question that is otherwise Chinese. */
  foreign?: boolean;
  /** Share of one word that a pair of its characters stands for; 1 when absent. */
  part?: number;
}

/** What a question is about. */
export interface AskedConcepts {
  concepts: readonly Concept[];
  /** Terms that stand side by side in the question, idle words among them: messages are quoted word by word. */
  pairs: readonly (readonly [string, string])[];
}

interface Entry {
  line: number;
  phrase: string;
  /** The phrase as a string of terms with a blank on both sides; empty for one that holds Han characters. */
  spoken: string;
  terms: readonly string[];
}

const HAN = /\p{Script=Han}/u;
/** The glossary's phrases, longest first, so that "out of memory" is taken before "memory". */
const ENTRIES: readonly Entry[] = GLOSSARY.flatMap((phrases, line) =>
  phrases.map((phrase) => {
    const terms = firstTerms(queryTokens(phrase));
    return {
      line,
      phrase: squeezed(phrase),
      spoken: HAN.test(phrase) ? '' : ` ${terms.join(' ')} `,
      terms: termsOf(phrase),
    };
  }),
).sort((a, b) => b.phrase.length - a.phrase.length);
const WAYS: readonly (readonly (readonly string[])[])[] = GLOSSARY.map((phrases) =>
  phrases.map((phrase) => termsOf(phrase)),
);

/** A question longer than this is a pasted text: its beginning says what it is. */
const MAX_TOKENS = 160;

/** Reads a question into the things it speaks of: phrases of the glossary first, then every other word that says something. */
export function conceptsOf(text: string): AskedConcepts {
  const tokens = queryTokens(text).slice(0, MAX_TOKENS);
  const taken = new Set<QueryToken>();
  const concepts: Concept[] = [];
  const lines = new Set<number>();
  for (const entry of ENTRIES) {
    const found = tokensOf(entry, tokens).filter((token) => !taken.has(token));
    if (found.length === 0 || found.every(({ idle }) => idle)) continue;
    for (const token of found) taken.add(token);
    if (lines.has(entry.line)) continue;
    lines.add(entry.line);
    const others = WAYS[entry.line] ?? [];
    concepts.push({
      asked: entry.phrase,
      ways: [entry.terms, ...others.filter((way) => way.join() !== entry.terms.join())],
    });
  }
  const own = new Map<string, Concept>();
  for (const token of tokens) {
    if (token.idle || taken.has(token)) continue;
    const ways = waysOf(token);
    const foreign = !token.han && tokens.some(({ han }) => han);
    // A long word is not several things: its pairs share the weight of one, but not quite.
    const part = token.han ? 1 / Math.sqrt(ways.length) : 1;
    for (const way of ways) own.set(way.join(' '), { asked: token.text, ways: [way], foreign, part });
  }
  const spoken = tokens.map(({ terms }) => terms[0] ?? '');
  const pairs = spoken.slice(1).flatMap((term, at) => (term && spoken[at] ? [[spoken[at], term] as const] : []));
  return { concepts: [...concepts, ...own.values()], pairs };
}

/** The tokens that say a phrase; none when the question does not hold it. */
function tokensOf({ phrase, spoken }: Entry, tokens: readonly QueryToken[]): QueryToken[] {
  if (spoken !== '') {
    const words = spoken.trim().split(' ');
    const all = tokens.map(({ terms }) => terms[0] ?? '');
    const at = all.findIndex((_, start) => words.every((word, offset) => all[start + offset] === word));
    return at < 0 ? [] : tokens.slice(at, at + words.length);
  }
  const whole = tokens.map(({ text }) => squeezed(text));
  const joined = whole.join('');
  const at = joined.indexOf(phrase);
  if (at < 0) return [];
  let start = 0;
  return tokens.filter((_, index) => {
    const from = start;
    start += whole[index]?.length ?? 0;
    return from < at + phrase.length && start > at;
  });
}

/** A Han word stands for its pairs together; an identifier also for its last parts, since people leave the prefix out. */
function waysOf({ terms, han }: QueryToken): (readonly string[])[] {
  if (terms.length === 0) return [];
  // The index holds pairs: a character alone is never found.
  if (han) return terms.filter((term) => Array.from(term).length > 1).map((term) => [term]);
  return terms.length === 1 ? [terms] : [[terms[0] ?? ''], ...[terms.slice(1)]];
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '');
}

function firstTerms(tokens: readonly QueryToken[]): string[] {
  return tokens.map(({ terms }) => terms[0] ?? '');
}
