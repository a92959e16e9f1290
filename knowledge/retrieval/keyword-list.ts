import { termsOf } from '../terms/terms-of.ts';
import { GLOSSARY } from './glossary.ts';
import type { SearchedText } from './score-passage.ts';
import { SEARCH } from './thresholds.ts';

interface Way {
  line: number;
  /** The terms after the first. */
  rest: readonly string[];
}

/** Ways to say the things of the field, by their first term. */
const WAYS: ReadonlyMap<string, readonly Way[]> = Map.groupBy(
  GLOSSARY.flatMap((phrases, line) =>
    phrases.map((phrase) => {
      const [first = '', ...rest] = termsOf(phrase);
      return { first, line, rest };
    }),
  ),
  ({ first }) => first,
);

/**
 * What a passage counts for when it speaks of more things than any honest one: 1 for a usual passage, towards 0 for a list of
 * keywords, which shares words with every question and answers none. Head and body are judged apart; the broader one decides.
 */
export function keywordListFactor({ head, body }: SearchedText): number {
  const things = Math.max(thingsIn(head), thingsIn(body));
  return things <= SEARCH.mostThings ? 1 : (SEARCH.mostThings / things) ** 2;
}

/** Columns judged before: the same passages come up again and again. */
const judged = new Map<string, number>();
const MOST_JUDGED = 4_096;

/** Lines of the glossary that a searched column holds in any of their ways. */
function thingsIn(column: string): number {
  const before = judged.get(column);
  if (before !== undefined) return before;
  const things = countThings(column);
  if (judged.size >= MOST_JUDGED) judged.clear();
  judged.set(column, things);
  return things;
}

function countThings(column: string): number {
  const terms = new Set(column.split('\n').flatMap((line) => line.split(' ')));
  if (terms.size <= SEARCH.mostThings) return 0;
  const things = new Set<number>();
  for (const term of terms) {
    for (const { line, rest } of WAYS.get(term) ?? []) if (rest.every((other) => terms.has(other))) things.add(line);
  }
  return things.size;
}
