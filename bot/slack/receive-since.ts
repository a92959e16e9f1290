import type { Inbox } from '../cases/inbox/inbox.ts';
import type { Incoming } from '../cases/inbox/incoming.ts';
import type { Place } from '../cases/place.ts';
import type { IntakeContext } from './intake/intake-context.ts';
import { readDelivery } from './intake/read-delivery.ts';
import type { SlackCalls } from './outlet/slack-calls.ts';

/** What looking into a thread needs. */
export interface ReceiveSinceMeans {
  calls: Pick<SlackCalls, 'repeat'>;
  inbox: Pick<Inbox, 'receive'>;
  context: Omit<IntakeContext, 'nowMs'>;
  /** Told of each that was not known. */
  onNew(incoming: Incoming): void;
}

const PAGE = 200;
/** Nobody writes more in the minutes in which Slack delivers again. */
const MOST_PAGES = 5;

/**
 * Stores what people wrote in a thread after a message. A mention that Slack had to deliver again arrives after the follow-ups to it, which
 * the bot let go because it was not in the thread yet. What is stored already is known by its key.
 */
export function receiveSince({ calls, inbox, context, onNew }: ReceiveSinceMeans) {
  return async (place: Place, order: string, signal: AbortSignal): Promise<void> => {
    if (place.threadTs === null) return;
    let cursor = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const args = { channel: place.channel, ts: place.threadTs, oldest: order, limit: PAGE };
      const said = await calls.repeat({
        method: 'conversations.replies',
        args: cursor === '' ? args : { ...args, cursor },
        team: place.team,
        priority: 'progress',
        signal,
      });
      for (const message of Array.isArray(said.messages) ? said.messages : []) {
        const event = { ...message, type: 'message', channel: place.channel, thread_ts: place.threadTs };
        const incoming = readDelivery({ type: 'event_callback', event }, { ...context, nowMs: Date.now() });
        if (incoming?.way === 'follow_up' && (await inbox.receive(incoming)) === 'new') onNew(incoming);
      }
      cursor = said.response_metadata?.next_cursor ?? '';
      if (cursor === '') return;
    }
  };
}
