import type { Posts } from '../../cases/posts/posts.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { Desk } from './desk.ts';
import { progressKey } from './progress.ts';

/** What sweeping needs. */
export interface SweepMeans extends Pick<Desk, 'log' | 'now'> {
  posts: Pick<Posts, 'leftBehind'>;
  outlet: Pick<Outlet, 'remove'>;
}

/** Whoever finished a question takes its progress away at once; after so long nobody will. */
const AFTER_MS = 10_000;
const EVERY_MS = 15_000;
/** The first look goes back over the time the bot was away, milliseconds; later ones over what may just have been missed. */
const FIRST_BACK_MS = 24 * 3_600_000;
const BACK_MS = 30 * 60_000;

/**
 * Takes away progress of questions that are finished: a process may be killed between an answer and the end of its progress, and what
 * one replica posts may arrive after another has tidied up.
 */
export function sweepProgress(
  { posts, outlet, log, now }: SweepMeans,
  { everyMs = EVERY_MS, afterMs = AFTER_MS }: { everyMs?: number; afterMs?: number } = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let backMs = FIRST_BACK_MS;
  let sweeping: Promise<void> | null = null;

  async function sweep(): Promise<void> {
    try {
      const left = await posts.leftBehind(progressKey(''), now() - afterMs, now() - backMs);
      for (const { key, place } of left) await outlet.remove(key, place, stopping.signal);
      if (left.length === 0) backMs = BACK_MS;
    } catch (error) {
      if (!stopping.signal.aborted) log('what is left of progress cannot be taken away', error);
    }
  }

  const timer = setInterval(() => {
    sweeping ??= sweep().finally(() => {
      sweeping = null;
    });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await sweeping;
    },
  };
}
