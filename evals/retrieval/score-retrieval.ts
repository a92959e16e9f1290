import { wilsonInterval } from '../statistics/wilson-interval.ts';
import type { LabelledQuestion } from './labelled-question.ts';

/** What retrieval answered to one question: places as `runbook#anchor`, best first. */
export interface RetrievalAnswer {
  question: LabelledQuestion;
  places: readonly string[];
}

/** A share with its 95 % interval (Wilson). */
export interface Share {
  value: number;
  from: number;
  to: number;
  of: number;
}

/** The figures of one set of questions. */
export interface RetrievalScore {
  recallAt1: Share;
  recallAt5: Share;
  /** Mean of one over the rank of the first hit within ten. */
  mrr: number;
  /** One labelled section in front is ideal; discounted by the rank of the first hit within ten. */
  ndcgAt10: number;
}

/** Figures over questions that something answers. */
export function scoreRetrieval(answers: readonly RetrievalAnswer[]): RetrievalScore {
  const ranks = answers.map(({ question, places }) => places.findIndex((place) => question.sections.includes(place)));
  const within = (count: number) => ranks.filter((rank) => rank >= 0 && rank < count).length;
  return {
    recallAt1: share(within(1), answers.length),
    recallAt5: share(within(5), answers.length),
    mrr: mean(ranks.map((rank) => (rank >= 0 && rank < 10 ? 1 / (rank + 1) : 0))),
    ndcgAt10: mean(answers.map(gain)),
  };
}

/** The share of questions that nothing answers and that were left empty. */
export function scoreEmpty(answers: readonly RetrievalAnswer[]): Share {
  return share(answers.filter(({ places }) => places.length === 0).length, answers.length);
}

/** One label is what a reader needs: the others are as good, not further ones to find. So the ideal is one hit in front. */
function gain({ question, places }: RetrievalAnswer): number {
  const rank = places.slice(0, 10).findIndex((place) => question.sections.includes(place));
  return rank < 0 ? 0 : 1 / Math.log2(rank + 2);
}

/** A share with its 95 % interval. */
export function share(hits: number, of: number): Share {
  const interval = wilsonInterval(hits, of);
  if (interval === null) return { value: 0, from: 0, to: 0, of };
  return { value: hits / of, from: interval.low, to: interval.high, of };
}

const mean = (figures: readonly number[]) =>
  figures.reduce((sum, figure) => sum + figure, 0) / Math.max(1, figures.length);
