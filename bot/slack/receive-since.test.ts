import { describe, expect, it } from 'vitest';
import type { Incoming } from '../cases/inbox/incoming.ts';
import { MENTION_ONLY } from './channel-policy.ts';
import { receiveSince } from './receive-since.ts';

const PLACE = { team: 'T0TEAM', channel: 'C0CHANNEL', threadTs: '1700000000.000100' };
const SELF = { team: 'T0TEAM', botUserId: 'U0BOT', botId: 'B0BOT' };

/** Answers as `conversations.replies` does (docs.slack.dev/reference/methods/conversations.replies), in pages. */
function thread(pages: readonly (readonly Record<string, unknown>[])[], known: readonly string[] = []) {
  const asked: unknown[] = [];
  const received: Incoming[] = [];
  const told: string[] = [];
  const since = receiveSince({
    calls: {
      async repeat({ args }) {
        asked.push(args);
        const at = Number(args.cursor ?? 0);
        return { messages: pages[at] ?? [], response_metadata: { next_cursor: pages[at + 1] ? String(at + 1) : '' } };
      },
    },
    inbox: {
      async receive(incoming) {
        received.push(incoming);
        return known.includes(incoming.key) ? 'known' : 'new';
      },
    },
    context: { self: SELF, channels: MENTION_ONLY },
    onNew: ({ key }) => told.push(key),
  });
  return { since, asked, received, told };
}

const said = (ts: string, text: string, more: Record<string, unknown> = {}) => ({
  type: 'message',
  user: 'U0ANA',
  ts,
  thread_ts: PLACE.threadTs,
  text,
  ...more,
});

describe('what people wrote after a mention that came late', () => {
  it('is stored, page by page, but for what the bot and others wrote', async () => {
    const { since, asked, received, told } = thread([
      [
        said('1700000000.000100', '<@U0BOT> why did etl_orders fail?'),
        said('1700000000.000200', 'what should be done?'),
        said('1700000000.000300', 'an answer', { user: 'U0BOT', bot_id: 'B0BOT' }),
      ],
      [said('1700000000.000400', 'who is responsible?'), said('1700000000.000500', '', { subtype: 'channel_join' })],
    ]);
    await since(PLACE, '1700000000.000100', new AbortController().signal);
    expect(received.map(({ text, way, place }) => [text, way, place])).toEqual([
      ['what should be done?', 'follow_up', PLACE],
      ['who is responsible?', 'follow_up', PLACE],
    ]);
    expect(told).toHaveLength(2);
    expect(asked).toMatchObject([{ ts: PLACE.threadTs, oldest: '1700000000.000100' }, { cursor: '1' }]);
  });

  it('tells nobody of what is stored already', async () => {
    const { since, told } = thread(
      [[said('1700000000.000200', 'what should be done?')]],
      ['message:T0TEAM:C0CHANNEL:1700000000.000200'],
    );
    await since(PLACE, '1700000000.000100', new AbortController().signal);
    expect(told).toEqual([]);
  });
});
