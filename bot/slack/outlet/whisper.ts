import type { Posts } from '../../cases/posts/posts.ts';
import { sendCard } from './card-message.ts';
import type { Outlet } from './outlet.ts';
import type { OutletLog } from './outlet-log.ts';
import type { SlackCalls } from './slack-calls.ts';

const WHISPERED = 'whispered';

/**
 * Shows a card to one person. Slack keeps no ephemeral message that could be looked up, so after a lost answer or a crash between
 * showing and noting there are two ways: at most once (the person may never get the answer) or at least once (they may get it twice, seen
 * by nobody else). It is at least once: losing an answer is what this product must never do.
 */
export function whisperer(tools: { calls: SlackCalls; posts: Posts; log: OutletLog }): Outlet['whisper'] {
  const { calls, posts } = tools;
  const underWay = new Map<string, Promise<void>>();

  const show: Outlet['whisper'] = async (key, place, user, card, signal) => {
    const noted = `whisper:${key}`;
    const known = await posts.intend(noted, place);
    if (known.digest === WHISPERED) return;
    const said = await sendCard(card, { ...tools, signal }, async (fields) => {
      const thread = place.threadTs === null ? {} : { thread_ts: place.threadTs };
      const args = { channel: place.channel, user, ...thread, ...fields };
      return await calls.repeat({ method: 'chat.postEphemeral', args, team: place.team, priority: 'answer', signal });
    });
    await posts.note(noted, place, WHISPERED, String(said.message_ts ?? '0'));
  };

  return async (key, place, user, card, signal) => {
    const running = underWay.get(key);
    if (running) return await running;
    const showing = show(key, place, user, card, signal).finally(() => underWay.delete(key));
    underWay.set(key, showing);
    await showing;
  };
}
