import type { WebClient } from '@slack/web-api';
import type { Place } from '../../cases/place.ts';
import type { Posts } from '../../cases/posts/posts.ts';
import type { Clock } from './call-budget.ts';
import { latestPerKey } from './latest-per-key.ts';
import type { Outlet } from './outlet.ts';
import type { OutletLog } from './outlet-log.ts';
import { type OwnIdentity, ownIdentity } from './own-identity.ts';
import { messagePutter, type WantedMessage } from './put-message.ts';
import { messageRemover } from './remove-message.ts';
import { machineClock, type SlackCalls, slackCalls } from './slack-calls.ts';
import { threadStatus } from './thread-status.ts';
import { fileHanger } from './upload-file.ts';
import { whisperer } from './whisper.ts';

/** What the way out needs. */
export interface OutletTools {
  /** Made with `webClientOptions`: it must neither retry nor wait by itself. */
  client: WebClient;
  posts: Posts;
  log: OutletLog;
  /** Another clock, for tests. */
  clock?: Clock;
  /** How bytes are sent to the address that Slack gives for an upload. */
  fetch?: typeof fetch;
}

/** Direct conversations remembered: opening one costs a call. */
const MAX_DIRECT_PLACES = 5000;

/** The way out with its calls and who it is, for what shares its limits (streams). */
export interface SlackOutlet extends Outlet {
  calls: SlackCalls;
  own(team: string, signal: AbortSignal): Promise<OwnIdentity | null>;
}

/** The way out to Slack. */
export function slackOutlet(tools: OutletTools): SlackOutlet {
  const { client, posts, log, clock = machineClock } = tools;
  const calls = slackCalls(client, log, clock);
  const own = ownIdentity(calls);
  const shared = { calls, posts, log, own };
  const putLatest = latestPerKey<WantedMessage, Place>(messagePutter(shared), (older, newer) =>
    older.priority === 'answer' ? { ...newer, priority: 'answer' } : newer,
  );
  const hanger = fileHanger({ ...shared, fetch: tools.fetch ?? fetch });
  const directPlaces = new Map<string, Place>();

  return {
    calls,
    own,
    put: async (key, place, card, signal, priority = 'answer') =>
      await putLatest(key, { place, card, priority }, signal),
    remove: messageRemover(shared),
    whisper: whisperer(shared),
    async directPlace(team, user, signal) {
      const known = directPlaces.get(`${team} ${user}`);
      if (known) return known;
      const call = { method: 'conversations.open', args: { users: user }, team, priority: 'answer', signal } as const;
      const said = await calls.repeat(call);
      const place = { team, channel: String((said.channel as { id?: unknown } | undefined)?.id), threadTs: null };
      if (directPlaces.size >= MAX_DIRECT_PLACES) directPlaces.clear();
      directPlaces.set(`${team} ${user}`, place);
      return place;
    },
    status: threadStatus(calls, log),
    upload: hanger.upload,
    attach: hanger.attach,
  };
}
