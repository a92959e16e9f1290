import { describe, expect, it } from 'vitest';
import { compareWithLabels, type JudgedTrial } from './compare-with-labels.ts';
import type { Label } from './read-labels.ts';

const label = (ask: string, plain: 'yes' | 'no', answer = '0'.repeat(16)): Label => ({
  ask,
  answer,
  says: { plain: [plain, 'x'] },
});

function judged(askId: string, yes: boolean | null, answer = '0'.repeat(16)): JudgedTrial {
  const judgement =
    yes === null
      ? { judged: false as const, why: 'down', usd: null }
      : { judged: true as const, verdicts: { plain: { yes, reason: 'y' } }, usd: null };
  return { trialId: `${askId} rules #1`, askId, answer, judgement };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `s-${at}/asked-1`);
const plainOf = (labels: Label[], trials: JudgedTrial[]) =>
  compareWithLabels({ labels, confirmedBy: 'a person' }, trials).questions.find(({ question }) => question === 'plain');

describe('compareWithLabels', () => {
  it('pairs a label with the verdict about the same text, question by question and over all', () => {
    const labels = [label('a', 'yes'), label('b', 'no'), label('c', 'no')];
    const { questions, dropped } = compareWithLabels({ labels, confirmedBy: 'a person' }, [
      judged('a', true),
      judged('b', true),
      judged('c', false),
    ]);
    expect(dropped).toEqual([]);
    for (const name of ['plain', 'all'])
      expect(questions.find(({ question }) => question === name)?.agreement).toMatchObject({
        bothYes: 1,
        onlySecond: 1,
        bothNo: 1,
        onlyFirst: 0,
      });
    expect(questions.find(({ question }) => question === 'fix')).toEqual({
      question: 'fix',
      agreement: null,
      isTrusted: false,
    });
  });

  it('drops the label of an answer that changed, was not asked, or was not judged, and says which', () => {
    const labels = [label('a', 'yes'), label('b', 'yes'), label('c', 'yes')];
    const { dropped, questions } = compareWithLabels({ labels, confirmedBy: 'a person' }, [
      judged('a', true, 'f'.repeat(16)),
      judged('c', null),
    ]);
    expect(dropped).toEqual([
      { ask: 'a', why: 'the answer has changed' },
      { ask: 'b', why: 'not asked in this run' },
      { ask: 'c', why: 'not judged' },
    ]);
    expect(questions.every(({ agreement }) => agreement === null)).toBe(true);
  });

  it('trusts a judge from kappa 0.6 on 50 labels on, and not with fewer or with chance', () => {
    const asks = many(50);
    const labels = asks.map((ask, at) => label(ask, at % 2 === 0 ? 'yes' : 'no'));
    const agreeing = asks.map((ask, at) => judged(ask, at % 2 === 0));
    expect(plainOf(labels, agreeing)?.isTrusted).toBe(true);
    expect(plainOf(labels.slice(1), agreeing)?.isTrusted).toBe(false);
    const unconfirmed = compareWithLabels({ labels, confirmedBy: null }, agreeing);
    expect(unconfirmed.questions.some(({ isTrusted }) => isTrusted)).toBe(false);
    const careless = asks.map((ask) => judged(ask, true));
    expect(plainOf(labels, careless)).toMatchObject({ isTrusted: false, agreement: { kappa: 0 } });
  });
});
