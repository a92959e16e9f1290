/**
 * Figures of the search. They were set on the two thirds of `evals/retrieval/questions` that are for tuning; the third set
 * aside had no part in it.
 */
export const SEARCH = {
  /** Passages that full-text search hands over for a closer look. */
  candidates: 160,
  /** BM25: how soon more of the same word stops counting, and how much longer passages are held back. */
  k1: 1.2,
  b: 0.5,
  /** Terms of a passage of usual length, as the built-in runbooks have them. */
  usualTerms: 110,
  /** A word in title, symptoms or headings counts as so many in the text. */
  headCount: 1.5,
  /** What another way to say it is worth against the asker's own word. */
  otherWay: 0.65,
  /** What two words side by side as in the question are worth against one. */
  pair: 0.35,
  /** Sections of the kind that the question asks for. */
  wantedSection: 1.25,
  /** Passages of one document among the first results: more would keep other documents out. */
  perDocument: 3,
  /** Below this share of what the question speaks of, weighed by how telling it is, nothing is returned. */
  floor: 0.5,
  /** A pasted message is long and mostly somebody's own words: this share is enough where so much weight is met. */
  longFloor: 0.3,
  longWeight: 30,
  /** Passages far behind the first are not shown. */
  tail: 0.35,
} as const;
