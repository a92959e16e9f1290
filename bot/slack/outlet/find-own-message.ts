import { createHash } from 'node:crypto';
import type { Place } from '../../cases/place.ts';
import type { OutletLog } from './outlet-log.ts';
import type { OwnIdentity } from './own-identity.ts';
import type { SlackCalls } from './slack-calls.ts';
import { SlackRefusal } from './slack-refusal.ts';

/** What is read of a message of Slack. */
export interface FoundMessage {
  ts: string;
  user?: string;
  bot_id?: string;
  metadata?: { event_type?: string; event_payload?: Record<string, unknown> };
  blocks?: readonly unknown[];
  /** Set while it is being streamed. */
  streaming_state?: string;
  files?: readonly { id?: string; name?: string }[];
}

/** Where and for what to look. */
export interface Search {
  place: Place;
  /** Only messages after this one, where an older one is known not to be it. */
  newerThan: string | null;
  fits(message: FoundMessage): boolean;
  signal: AbortSignal;
}

/** The kind of our messages' metadata. */
export const POST_EVENT = 'wherefore_post';

const PAGE = 200;
/** 4,000 messages: a thread that is longer has been read from the wrong end long before. */
const MAX_PAGES = 20;
/** How far back a message that hangs on no thread is looked for: a bot that was down for longer starts anew. */
const LOOK_BACK_MS = 24 * 3600_000;

/**
 * Looks for a message of our own: in its thread, or in the channel's latest messages for one that is itself the thread's root. The
 * newest that fits; null when there is none, or the bot may not look (a thread that is gone, no right to read it).
 *
 * @throws the signal's reason
 */
export async function findOwnMessage(
  calls: SlackCalls,
  own: OwnIdentity | null,
  log: OutletLog,
  search: Search,
): Promise<string | null> {
  const { place, newerThan, signal } = search;
  const inThread = place.threadTs !== null;
  const method = inThread ? 'conversations.replies' : 'conversations.history';
  const oldest = newerThan ?? (inThread ? null : ((calls.clock.now() - LOOK_BACK_MS) / 1000).toFixed(6));
  let cursor: string | undefined;
  let newest: string | null = null;
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const args = {
        channel: place.channel,
        ...(inThread ? { ts: place.threadTs } : {}),
        ...(oldest === null ? {} : { oldest }),
        ...(cursor === undefined ? {} : { cursor }),
        include_all_metadata: true,
        limit: PAGE,
      };
      const said = await calls.repeat({ method, args, team: place.team, priority: 'answer', signal });
      for (const message of messagesOf(said.messages)) {
        const later = newest === null || message.ts > newest;
        const afterOld = newerThan === null || message.ts > newerThan;
        if (later && afterOld && isOwn(message, own) && search.fits(message)) newest = message.ts;
      }
      cursor = said.response_metadata?.next_cursor || undefined;
      // The channel's history comes newest first.
      if (cursor === undefined || (newest !== null && !inThread)) break;
    }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    log.warn({ method, code: error.code }, 'could not look for our own message');
  }
  return newest;
}

/** Whether a message carries this key: in its metadata, or as the mark of a stream of ours. */
export function carriesKey(key: string): (message: FoundMessage) => boolean {
  const mark = streamMark(key);
  return ({ metadata, blocks }) =>
    (metadata?.event_type === POST_EVENT && metadata.event_payload?.key === key) ||
    (blocks !== undefined && blocks.length > 0 && JSON.stringify(blocks).includes(mark));
}

/** What the ids of a stream's tasks begin with: metadata cannot be set when a stream starts, so it is known by them. */
export function streamMark(key: string): string {
  return `wf-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}

function isOwn(message: FoundMessage, own: OwnIdentity | null): boolean {
  return own === null || message.bot_id === own.botId || message.user === own.userId;
}

function messagesOf(given: unknown): FoundMessage[] {
  if (!Array.isArray(given)) return [];
  return given.filter((each) => typeof each?.ts === 'string') as FoundMessage[];
}
