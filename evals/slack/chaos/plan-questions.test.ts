import { describe, expect, it } from 'vitest';
import { planQuestions } from './plan-questions.ts';

const STAGE = { users: 40, rooms: 25, seed: 7, everyMs: 400 };

describe('the plan of what is asked', () => {
  const plan = planQuestions(500, STAGE);

  it('is the same for a seed, and another for another', () => {
    expect(planQuestions(500, STAGE)).toEqual(plan);
    expect(planQuestions(500, { ...STAGE, seed: 8 })).not.toEqual(plan);
  });

  it('has every way to ask, both languages, and runs that only one question names', () => {
    const share = (way: string) => plan.filter((one) => one.way === way).length;
    expect(share('follow_up')).toBeGreaterThan(80);
    expect(share('direct')).toBeGreaterThan(60);
    expect(share('command')).toBeGreaterThan(20);
    expect(share('mention')).toBeGreaterThan(150);
    expect(plan.filter(({ text }) => /[\u4e00-\u9fff]/.test(text)).length).toBeGreaterThan(100);
    const named = plan.flatMap(({ names }) => (names === null ? [] : [names]));
    expect(named.length).toBeGreaterThan(100);
    expect(new Set(named).size).toBe(named.length);
  });

  it('says follow-ups after what they stand under, where and by whom that was said', () => {
    for (const { under, number, room, user } of plan) {
      if (under === null) continue;
      expect(under).toBeLessThan(number);
      expect(plan[under]).toMatchObject({ room, user, under: null });
    }
  });
});
