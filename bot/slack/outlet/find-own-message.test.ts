import { describe, expect, it } from 'vitest';
import type { Place } from '../../cases/place.ts';
import { carriesKey, type FoundMessage, findOwnMessage, POST_EVENT, streamMark } from './find-own-message.ts';
import { fastClock, keptLog } from './outlet-fixture.ts';
import type { SlackCall, SlackCalls } from './slack-calls.ts';
import { SlackRefusal } from './slack-refusal.ts';

const PLACE: Place = { team: 'T1', channel: 'C1', threadTs: '1700000000.000001' };
const OWN = { userId: 'UBOT', botId: 'BBOT' };
const signal = new AbortController().signal;

function message(at: number, key: string | null, from = OWN): FoundMessage {
  const metadata = key === null ? {} : { metadata: { event_type: POST_EVENT, event_payload: { key } } };
  return { ts: `1700000000.${String(at).padStart(6, '0')}`, user: from.userId, bot_id: from.botId, ...metadata };
}

/** Gives its pages one after another; the last again and again. */
function pagesOf(...pages: FoundMessage[][]) {
  const asked: SlackCall[] = [];
  const calls: SlackCalls = {
    repeat: async (call) => {
      asked.push(call);
      const at = Math.min(asked.length, pages.length);
      const more = at < pages.length ? { next_cursor: `page ${at + 1}` } : {};
      return { ok: true, messages: pages[at - 1], response_metadata: more };
    },
    once: () => Promise.reject(new Error('not asked for')),
    now: () => Promise.reject(new Error('not asked for')),
    backOff: async () => undefined,
    clock: fastClock(),
  };
  return { calls, asked };
}

const look = async (calls: SlackCalls, newerThan: string | null = null, own: typeof OWN | null = OWN) =>
  await findOwnMessage(calls, own, keptLog(), { place: PLACE, newerThan, fits: carriesKey('k'), signal });

describe('findOwnMessage', () => {
  it('looks through all pages of the thread', async () => {
    const { calls, asked } = pagesOf([message(2, null)], [message(3, 'other')], [message(4, 'k')]);
    expect(await look(calls)).toBe(message(4, 'k').ts);
    expect(asked.map(({ args }) => args.cursor)).toEqual([undefined, 'page 2', 'page 3']);
    expect(asked[0]).toMatchObject({ method: 'conversations.replies', args: { ts: PLACE.threadTs } });
  });

  it('does not take a message of somebody else with our metadata for its own', async () => {
    const { calls } = pagesOf([message(2, 'k', { userId: 'UEVIL', botId: 'BEVIL' })]);
    expect(await look(calls)).toBeNull();
  });

  it('takes the newest, and none that is known not to be it', async () => {
    expect(await look(pagesOf([message(2, 'k'), message(5, 'k'), message(3, 'k')]).calls)).toBe(message(5, 'k').ts);
    expect(await look(pagesOf([message(2, 'k')]).calls, message(2, 'k').ts)).toBeNull();
  });

  it('knows a stream by the ids of its tasks', async () => {
    const stream = { ...message(2, null), blocks: [{ type: 'task_card', task_id: `${streamMark('k')}-logs` }] };
    expect(await look(pagesOf([stream]).calls)).toBe(stream.ts);
  });

  it('ends in a thread without end, and where it may not look', async () => {
    const endless = pagesOf(...Array.from({ length: 100 }, () => [message(2, null)]));
    expect(await look(endless.calls)).toBeNull();
    expect(endless.asked).toHaveLength(20);
    const refused = { ...endless.calls, repeat: () => Promise.reject(new SlackRefusal('x', 'missing_scope')) };
    expect(await look(refused)).toBeNull();
  });
});
