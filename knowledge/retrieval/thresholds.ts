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
  wantedSection: 1.5,
  /** Sections that speak of other causes, and of whom to call: not asked for, they only share words. */
  otherCauses: 0.8,
  escalation: 0.7,
  /** A passage in the asker's language. */
  sameLanguage: 1.3,
  /** What the document as a whole counts beside the passage. */
  document: 1,
  /** Passages shown of the best document, and of each other one. */
  ofTheBest: 3,
  ofOthers: 1,
  /** Passages far behind the first are not shown. */
  tail: 0.35,
  /** What speaks for and against that anything answers; see `is-answered.ts`. */
  floor: { shared: 1, coverage: 1, ofTheField: 1, unknownNames: -1, least: 0 },
} as const;
