import type { Place } from '../../cases/place.ts';
import { type Posts, REMOVED } from '../../cases/posts/posts.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Priority } from './call-budget.ts';
import { type CardFields, cardDigest, sendCard } from './card-message.ts';
import { carriesKey, findOwnMessage, POST_EVENT } from './find-own-message.ts';
import type { Job } from './latest-per-key.ts';
import type { OutletLog } from './outlet-log.ts';
import type { OwnIdentity } from './own-identity.ts';
import type { SlackCalls } from './slack-calls.ts';
import { SlackRefusal, UnsureOutcome } from './slack-refusal.ts';

/** What is wanted of one message. */
export interface WantedMessage {
  place: Place;
  card: Card;
  priority: Priority;
}

/** What putting a message needs. */
export interface PutTools {
  calls: SlackCalls;
  posts: Posts;
  log: OutletLog;
  own(team: string, signal: AbortSignal): Promise<OwnIdentity | null>;
}

/** Keys remembered of this process; forgetting one costs a look into the thread. */
const MAX_REMEMBERED = 20_000;

/**
 * Puts messages: one at a time for each key, as `latestPerKey` sees to.
 * A message is looked for before it is posted when an earlier process meant to post it, or an answer of Slack was lost.
 */
export function messagePutter(tools: PutTools): (key: string, job: Job<WantedMessage>) => Promise<Place> {
  const { calls, posts, log } = tools;
  /** Keys this process was the first to intend and of which nothing of unknown outcome was sent. */
  const notYetSent = new Set<string>();

  const look = async (key: string, { wanted, signal }: Job<WantedMessage>, newerThan: string | null) =>
    await findOwnMessage(calls, await tools.own(wanted.place.team, signal), log, {
      place: wanted.place,
      newerThan,
      fits: carriesKey(key),
      signal,
    });

  const post = async (key: string, job: Job<WantedMessage>, lookFirst: boolean, newerThan: string | null) => {
    const { wanted, signal } = job;
    let mayBeThere = lookFirst;
    for (let tried = 0; ; tried += 1) {
      const there = mayBeThere ? await look(key, job, newerThan) : null;
      if (there !== null) {
        log.info({ tried }, 'found our own message, not posted again');
        return { ts: there, found: true };
      }
      try {
        return { ts: await postOnce(tools, key, wanted, signal), found: false };
      } catch (error) {
        if (!(error instanceof UnsureOutcome)) throw error;
        notYetSent.delete(key);
        mayBeThere = true;
        // What is still under way at Slack may show up a little later.
        await calls.backOff(tried + 1, signal);
      }
    }
  };

  const postAndNote = async (key: string, job: Job<WantedMessage>, lookFirst: boolean, newerThan: string | null) => {
    const { wanted } = job;
    const { ts, found } = await post(key, job, lookFirst, newerThan);
    notYetSent.delete(key);
    const place = { ...wanted.place, threadTs: wanted.place.threadTs ?? ts };
    await posts.note(key, wanted.place, found ? 'found' : cardDigest(wanted.card), ts);
    // What stands in a message that was found is not known.
    if (found) await edit(key, job, ts);
    return place;
  };

  const edit = async (key: string, { wanted, signal }: Job<WantedMessage>, ts: string) => {
    await editMessage(tools, key, wanted, ts, signal);
    await posts.note(key, wanted.place, cardDigest(wanted.card), ts);
  };

  return async (key, job) => {
    const { wanted } = job;
    const known = await posts.intend(key, wanted.place);
    // It has served its turn; whoever still has something to show is late.
    if (known.digest === REMOVED) return known.place;
    if (known.ts === null) {
      if (!known.intendedBefore) remember(notYetSent, key);
      return await postAndNote(key, job, !notYetSent.has(key), null);
    }
    // The caller gave the first place up: an edit is not possible across channels.
    if (known.place.channel !== wanted.place.channel) return await postAndNote(key, job, true, null);
    const place = { ...wanted.place, threadTs: wanted.place.threadTs ?? known.ts };
    if (known.digest === cardDigest(wanted.card)) return place;
    try {
      await edit(key, job, known.ts);
      return place;
    } catch (error) {
      if (!(error instanceof SlackRefusal) || !isGone(error.code)) throw error;
      log.info({ code: error.code, priority: wanted.priority }, 'our message cannot be edited any more');
      if (wanted.priority === 'progress') return place;
      return await postAndNote(key, job, true, known.ts);
    }
  };
}

/** Deleted by someone, or closed to edits: a new message takes its place. */
function isGone(code: string): boolean {
  return /^(?:message_not_found|cant_update_message|edit_window_closed|thread_not_found)$/.test(code);
}

async function postOnce(tools: PutTools, key: string, wanted: WantedMessage, signal: AbortSignal): Promise<string> {
  const { place, card } = wanted;
  const said = await sendCard(card, { ...tools, signal }, async (fields) => {
    const args = {
      channel: place.channel,
      ...(place.threadTs === null ? {} : { thread_ts: place.threadTs }),
      ...fields,
      unfurl_links: false,
      unfurl_media: false,
      metadata: metadataOf(key),
    };
    return await tools.calls.once({ method: 'chat.postMessage', args, team: place.team, priority: 'answer', signal });
  });
  if (typeof said.ts !== 'string') throw new UnsureOutcome('chat.postMessage');
  return said.ts;
}

async function editMessage(
  tools: PutTools,
  key: string,
  { place, card, priority }: WantedMessage,
  ts: string,
  signal: AbortSignal,
): Promise<void> {
  const call = async (method: string, fields: CardFields | Record<string, unknown>) => {
    const args = { channel: place.channel, ts, ...fields };
    await tools.calls.repeat({ method, args, team: place.team, priority, signal });
  };
  await sendCard(card, { ...tools, signal }, async (fields) => {
    const whole = { text: fields.text, blocks: fields.blocks ?? [], metadata: metadataOf(key) };
    try {
      await call('chat.update', whole);
    } catch (error) {
      // A stream of a process that is gone: it has to be stopped before it can be edited.
      if (!(error instanceof SlackRefusal) || error.code !== 'streaming_state_conflict') throw error;
      await stopStream(call);
      await call('chat.update', whole);
    }
  });
}

/** Stops a stream; that it has stopped by itself is fine. */
async function stopStream(call: (method: string, fields: Record<string, unknown>) => Promise<void>): Promise<void> {
  try {
    await call('chat.stopStream', {});
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.code !== 'message_not_in_streaming_state') throw error;
  }
}

/** By this a message of ours is found again. */
export function metadataOf(key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: POST_EVENT, event_payload: { key } };
}

function remember(keys: Set<string>, key: string): void {
  if (keys.size >= MAX_REMEMBERED) keys.delete(keys.values().next().value as string);
  keys.add(key);
}
