/**
 * Figures of the search. They were set on the two thirds of `evals/retrieval/questions` that are for tuning; the third set
 * aside had no part in it.
 */
export const SEARCH = {
  /** Passages that full-text search hands over for a closer look, of each of its two columns. */
  candidates: 80,
  /** Weight from which a word is looked up in the index (it stands in one of six passages or fewer), if so many are. */
  telling: 1.8,
  enoughTelling: 3,
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
  /** "How do I" beside a narrower form, as in "how do I check". */
  alsoWanted: 1.2,
  /** Sections that speak of other causes, and of whom to call: not asked for, they only share words. */
  otherCauses: 0.8,
  escalation: 0.7,
  /** A passage in the asker's language. */
  sameLanguage: 1.3,
  /** What the document as a whole counts beside the passage. */
  document: 1,
  /** The best line of what people say, as a part of the document's score. */
  symptom: 0.5,
  /** Lines of the glossary in one passage, or in one head: the built-in runbooks have 24 and 26 at most; more is a list of keywords. */
  mostThings: 30,
  /** Passages, best first, that are held against `mostThings`: those behind them decide nothing. */
  judgedForBreadth: 16,
  /** Where two are nearly as good, the runbook that came reviewed with the product stands before a document of the team. */
  notBuiltIn: 0.95,
  /** Passages shown of the best document, and of each other one. */
  ofTheBest: 3,
  ofOthers: 1,
  /** Passages far behind the first are not shown. */
  tail: 0.2,
  /** What speaks for and against that anything answers (`is-answered.ts`): fitted by logistic regression. */
  floor: {
    shared: 2.55,
    coverage: 2,
    ofTheField: 0.36,
    passage: 1.2,
    line: 0.9,
    unknownNames: -2.65,
    /** With so much in common, names that nobody knows are hosts, classes and jobs in a pasted log. */
    sharedEnough: 20,
    least: 7.1,
  },
} as const;
