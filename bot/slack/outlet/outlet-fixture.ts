import { setTimeout as sleep } from 'node:timers/promises';
import type { Post, Posts } from '../../cases/posts/posts.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Clock } from './call-budget.ts';
import type { OutletLog } from './outlet-log.ts';

/** Posts in memory, which outlive an outlet as the database outlives a process. */
export function postsInMemory(): Posts & { kept: Map<string, Post> } {
  const kept = new Map<string, Post>();
  return {
    kept,
    async intend(key, place) {
      const known = kept.get(key);
      if (known) return { ...known, intendedBefore: true };
      const post = { key, place, ts: null, intendedBefore: false, digest: null };
      kept.set(key, post);
      return post;
    },
    async note(key, place, digest, ts) {
      kept.set(key, { key, place, ts, intendedBefore: true, digest });
    },
    find: async (key) => kept.get(key) ?? null,
  };
}

/** A clock that runs a hundred times as fast as the machine's: waits are waited, in little time. */
export function fastClock(times = 100): Clock {
  const begun = Date.now();
  const start = performance.now();
  return {
    now: () => begun + (performance.now() - start) * times,
    wait: async (ms, signal) => {
      await sleep(ms / times, undefined, signal ? { signal } : {});
    },
  };
}

/** Keeps what is logged. */
export function keptLog(): OutletLog & { lines: string[] } {
  const lines: string[] = [];
  const keep: OutletLog['info'] = (fields, message) => lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, info: keep, warn: keep };
}

/** A card of one section. */
export function cardOf(text: string): Card {
  const block = { type: 'section', text: { type: 'mrkdwn', text } };
  return { text, blocks: [block] };
}
