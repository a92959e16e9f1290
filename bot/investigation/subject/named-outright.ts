import type { Candidate } from './candidate.ts';

/** Shorter names, and such as are one plain word, stand in sentences by chance. */
const DISTINCT = /^(?=.{6,120}$)[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)+$/;
const WORD_CHARACTER = /[\w-]/;
const MAX_NAMES = 20;

/**
 * Names of known runs that stand in the question word for word, whatever they look like: `ads_vec_udf` is a job where a job of
 * that name has run, though it reads like a function.
 */
export function namedOutright(text: string, candidates: readonly Candidate[]): string[] {
  const names = new Set(candidates.flatMap((candidate) => candidate.names.filter((name) => DISTINCT.test(name))));
  return [...names].filter((name) => standsIn(text, name)).slice(0, MAX_NAMES);
}

function standsIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + name.length] ?? ' '];
    if (!WORD_CHARACTER.test(before) && !WORD_CHARACTER.test(after)) return true;
  }
  return false;
}
