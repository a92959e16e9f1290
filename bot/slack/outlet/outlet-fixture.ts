import { setTimeout as sleep } from 'node:timers/promises';
import { openStoreMaker } from '../../cases/database/stores-fixture.ts';
import { openPosts } from '../../cases/posts/open-posts.ts';
import type { Posts } from '../../cases/posts/posts.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Clock } from './call-budget.ts';
import type { OutletLog } from './outlet-log.ts';

/** An empty store of posts in SQLite; `again` opens it as another process would. */
export async function postsInStore(): Promise<{ posts: Posts; again(): Promise<Posts>; discard(): Promise<void> }> {
  const store = await (await openStoreMaker('sqlite')).make();
  const again = async () => openPosts(await store.open());
  return { posts: await again(), again, discard: () => store.discard() };
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
