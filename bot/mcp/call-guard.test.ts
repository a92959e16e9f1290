import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callGuard } from './call-guard.ts';

const never = new AbortController().signal;

describe('the guard of calls', () => {
  it('works on so many at a time, the others in the order they came', async () => {
    const guard = callGuard({ atOnce: 2, waiting: 10, deadlineMs: 5_000 });
    let [now, most] = [0, 0];
    const order: number[] = [];
    const work = (at: number) => async () => {
      now += 1;
      most = Math.max(most, now);
      order.push(at);
      await wait(10);
      now -= 1;
      return at;
    };
    const ended = await Promise.all([0, 1, 2, 3, 4].map((at) => guard(never, work(at))));
    expect(ended).toEqual([0, 1, 2, 3, 4].map((value) => ({ ended: 'done', value })));
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]]);
  });

  it('gives a place on when whoever waited for it is cancelled', async () => {
    const guard = callGuard({ atOnce: 1, waiting: 2, deadlineMs: 5_000 });
    const cancel = new AbortController();
    const first = guard(never, () => wait(50, 'first'));
    const second = guard(cancel.signal, async () => 'second');
    const third = guard(never, async () => 'third');
    cancel.abort();
    expect(await second).toEqual({ ended: 'cancelled' });
    expect(await first).toEqual({ ended: 'done', value: 'first' });
    expect(await third).toEqual({ ended: 'done', value: 'third' });
    expect(await guard(cancel.signal, async () => 'late')).toEqual({ ended: 'cancelled' });
  });

  it('answers at the deadline, and keeps the place until the work has ended', async () => {
    const guard = callGuard({ atOnce: 1, waiting: 0, deadlineMs: 30 });
    expect(await guard(never, () => wait(120))).toEqual({ ended: 'deadline' });
    expect(await guard(never, async () => 'too early')).toEqual({ ended: 'busy' });
    await wait(120);
    expect(await guard(never, async () => 'free')).toEqual({ ended: 'done', value: 'free' });
  });

  it('gives what broke as a value, whether thrown at once or later', async () => {
    const guard = callGuard({ atOnce: 1, waiting: 0, deadlineMs: 1_000 });
    const thrown = new Error('broken');
    const atOnce = guard(never, () => {
      throw thrown;
    });
    expect(await atOnce).toEqual({ ended: 'broken', error: thrown });
    expect(await guard(never, () => Promise.reject(thrown))).toEqual({ ended: 'broken', error: thrown });
  });
});
