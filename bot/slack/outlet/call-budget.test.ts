import { describe, expect, it } from 'vitest';
import { callBudget, type Priority } from './call-budget.ts';

const TEN = { atOnce: 10, perMinute: 60 };
const never = new AbortController().signal;

/** A clock that stands until it is moved; waits end when they are due. */
function handClock() {
  let now = 0;
  let due: { at: number; end: () => void }[] = [];
  return {
    now: () => now,
    wait: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((end) => {
        due.push({ at: now + ms, end });
        signal?.addEventListener('abort', () => end());
      }),
    async move(ms: number) {
      for (const until = now + ms; now < until; ) {
        now = Math.min(until, ...due.map(({ at }) => at).filter((at) => at > now));
        const ended = due.filter(({ at }) => at <= now);
        due = due.filter(({ at }) => at > now);
        for (const { end } of ended) end();
        await new Promise(setImmediate);
      }
    },
  };
}

function counting() {
  const clock = handClock();
  const budget = callBudget(clock);
  const made = { progress: 0, answer: 0 };
  const ask = async (count: number, priority: Priority, bucket = 'a') => {
    for (let at = 0; at < count; at += 1) {
      void budget.turn(bucket, TEN, priority, never).then(() => {
        made[priority] += 1;
      });
    }
    await new Promise(setImmediate);
  };
  return { clock, budget, made, ask };
}

describe('callBudget', () => {
  it('leaves half of the allowance to answers, and lets them borrow', async () => {
    const { made, ask } = counting();
    await ask(30, 'progress');
    expect(made).toEqual({ progress: 5, answer: 0 });
    await ask(30, 'answer');
    // Five were left, ten may be borrowed.
    expect(made).toEqual({ progress: 5, answer: 15 });
  });

  it('goes on at the pace of the allowance, answers first', async () => {
    const { clock, made, ask } = counting();
    await ask(15, 'progress');
    await ask(25, 'answer');
    await clock.move(5000);
    expect(made).toEqual({ progress: 5, answer: 20 });
    await clock.move(5000);
    expect(made).toEqual({ progress: 5, answer: 25 });
    // From ten borrowed to six left, one a second.
    await clock.move(14_000);
    expect(made.progress).toBe(5);
    await clock.move(3000);
    expect(made.progress).toBeGreaterThan(5);
  });

  it('holds back one bucket and no other, then goes one by one', async () => {
    const { clock, budget, made, ask } = counting();
    budget.hold('a', TEN, 30_000);
    await ask(5, 'answer');
    await ask(1, 'answer', 'b');
    expect(made.answer).toBe(1);
    await clock.move(29_000);
    expect(made.answer).toBe(1);
    await clock.move(1500);
    expect(made.answer).toBe(2);
    await clock.move(2000);
    expect(made.answer).toBe(4);
  });

  it('lets a turn be given up, and gives none that has to be waited for to those who cannot wait', async () => {
    const { budget, made, ask } = counting();
    await ask(20, 'answer');
    const stop = new AbortController();
    const waiting = budget.turn('a', TEN, 'answer', stop.signal);
    expect(budget.tryTurn('a', TEN)).toBe(false);
    expect(budget.tryTurn('b', TEN)).toBe(true);
    stop.abort(new Error('not any more'));
    await expect(waiting).rejects.toThrow('not any more');
    expect(made.answer).toBe(20);
  });
});
