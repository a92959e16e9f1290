import { describe, expect, it } from 'vitest';
import type { LabelledQuestion } from './labelled-question.ts';
import { scoreEmpty, scoreRetrieval, share } from './score-retrieval.ts';

const question: LabelledQuestion = {
  id: 'r001',
  text: 'why',
  language: 'en',
  kind: 'symptom',
  sections: ['a#x', 'a#y'],
};
const answered = (...places: string[]) => ({ question, places });

describe('scoreRetrieval', () => {
  it('counts the labelled section, not another one of the same runbook', () => {
    const { recallAt1, recallAt5, mrr } = scoreRetrieval([answered('a#z', 'a#y'), answered('a#x'), answered('a#z')]);
    expect(recallAt1.value).toBeCloseTo(1 / 3);
    expect(recallAt5.value).toBeCloseTo(2 / 3);
    expect(mrr).toBeCloseTo((1 / 2 + 1 + 0) / 3);
  });

  it('discounts later ranks and gives nothing beyond the tenth', () => {
    expect(scoreRetrieval([answered('b#1', 'b#2', 'a#x')]).ndcgAt10).toBeCloseTo(0.5);
    const late = [...Array.from({ length: 10 }, (_, at) => `b#${at}`), 'a#x'];
    expect(scoreRetrieval([answered(...late)])).toMatchObject({ ndcgAt10: 0, mrr: 0, recallAt5: { value: 0 } });
  });
});

describe('scoreEmpty', () => {
  it('is the share of questions left without a passage', () => {
    expect(scoreEmpty([answered(), answered('a#x')]).value).toBe(0.5);
  });
});

describe('share', () => {
  it('has an interval that stays within 0 and 1 and narrows with the size', () => {
    expect(share(40, 40)).toMatchObject({ value: 1, to: 1 });
    expect(share(40, 40).from).toBeCloseTo(0.912, 2);
    expect(share(400, 400).from).toBeGreaterThan(share(40, 40).from);
  });
});
