import { describe, expect, it } from 'vitest';
import { termsOf } from '../terms/terms-of.ts';
import { conceptsOf } from './concepts-of.ts';
import { scorePassage } from './score-passage.ts';
import { termWeights } from './term-weights.ts';
import { weighQuestion } from './weigh-question.ts';

const columns = (head: string, body: string) => ({ head: termsOf(head).join(' '), body: termsOf(body).join(' ') });
const WEIGHTS = termWeights(new Map(termsOf('executor lost disk full memory out').map((term) => [term, 20])), 1000);
const score = (question: string, head: string, body: string) =>
  scorePassage(weighQuestion(conceptsOf(question), WEIGHTS), columns(head, body));

describe('scorePassage', () => {
  it('covers all of a question whose every word it holds, and nothing of one it does not know', () => {
    expect(score('disk full', 'Disk full', 'the disk is full').coverage).toBeCloseTo(1);
    expect(score('ldap password', 'Disk full', 'the disk is full')).toMatchObject({
      coverage: 0,
      score: 0,
      matched: [],
    });
  });

  it('counts another way to say it less than the asker’s own words', () => {
    const own = score('executor lost', '', 'executor lost');
    const other = score('executor lost', '', 'executor gone');
    expect(other.score).toBeGreaterThan(0);
    expect(other.score).toBeLessThan(own.score);
  });

  it('counts words side by side as in the question', () => {
    const together = score('lost executor output', '', 'it lost executor output there');
    const apart = score('lost executor output', '', 'output there executor it lost');
    expect(together.score).toBeGreaterThan(apart.score);
  });

  it('gains little from the same word over and over', () => {
    const once = score('disk', '', 'the disk of the host').score;
    const stuffed = score('disk', '', 'disk '.repeat(200)).score;
    expect(stuffed).toBeLessThan(once * 2);
  });

  it('weighs a rare word more than a common one', () => {
    const weights = termWeights(new Map([['common', 900]]), 1000);
    expect(weights.of('common')).toBeLessThan(weights.of('rare') / 10);
  });
});
