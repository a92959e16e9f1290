import { describe, expect, it, vi } from 'vitest';
import type { Post } from '../../cases/posts/posts.ts';
import { sweepProgress } from './sweep-progress.ts';

const PLACE = { team: 'T1', channel: 'C1', threadTs: '1.000001' };
const left: Post = { key: 'progress/k', place: PLACE, ts: '2.000001', intendedBefore: true, digest: 'd' };

describe('the sweep', () => {
  it('takes away what is left, looks back a day at first, and goes on after a failure', async () => {
    const DAY_MS = 24 * 3_600_000;
    const leftBehind = vi.fn<(prefix: string, before: number, since: number) => Promise<Post[]>>(async () => []);
    leftBehind.mockRejectedValueOnce(new Error('the store is away')).mockResolvedValueOnce([left]);
    const remove = vi.fn(async () => undefined);
    const log = vi.fn();
    const sweeping = sweepProgress(
      { posts: { leftBehind }, outlet: { remove }, log, now: () => 10 * DAY_MS },
      { everyMs: 5 },
    );
    await vi.waitFor(() => expect(leftBehind.mock.calls.length).toBeGreaterThan(3));
    await sweeping.stop();
    expect(log).toHaveBeenCalledOnce();
    expect(remove).toHaveBeenCalledExactlyOnceWith('progress/k', PLACE, expect.any(AbortSignal));
    const since = leftBehind.mock.calls.map(([, , ms]) => ms);
    expect(since.slice(0, 3)).toEqual([9 * DAY_MS, 9 * DAY_MS, 9 * DAY_MS]);
    expect(since[3]).toBeGreaterThan(9 * DAY_MS);
    expect(leftBehind.mock.calls[0]?.[0]).toBe('progress/');
  });
});
