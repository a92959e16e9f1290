/**
 * A double of Slack at the wire, for tests and for the harnesses that torture the bot. It speaks what Bolt and the Web API client speak:
 *
 * - Web API: forms or JSON, bearer tokens, scopes, Slack's error names (docs.slack.dev/reference/methods/…; methods/index.ts lists them).
 * - Socket Mode: tickets, `hello`, envelopes, acknowledgements, `disconnect`, up to ten connections with each event on one of them
 *   (docs.slack.dev/apis/events-api/using-socket-mode).
 * - Request URL: `v0=` signatures, 3 s to answer, retries with `X-Slack-Retry-Num` and `X-Slack-Retry-Reason`, `X-Slack-No-Retry`,
 *   `url_verification` (docs.slack.dev/apis/events-api, docs.slack.dev/authentication/verifying-requests-from-slack).
 * - Limits of blocks, texts, views, streams, metadata: limits/limits.ts, each with its source, the unsure ones marked. Unknown fields are
 *   refused, as Slack's JSON schema does (`additionalProperties: false`). Data URLs are refused; `http(s)` images are taken, as by Slack.
 * - Streams: an open one refuses `chat.update` (`streaming_state_conflict`) and `chat.delete` (`cant_delete_message`); one that is stopped
 *   or five minutes old refuses more (`message_not_in_streaming_state`; slackapi/python-slack-sdk issue 1859); one opened with `markdown_text`
 *   takes no chunks (`streaming_mode_mismatch`).
 * - Files: an address for the content, the content, the end; with `fileReadyAfterMs` nothing shows them before Slack is through with them.
 * - Triggers live 3 s and open one view; `response_url` works 5 times in 30 minutes (docs.slack.dev/interactivity/handling-user-interaction).
 * - Rate limits, where asked for: tiers 1–4 and one post a second and channel (docs.slack.dev/apis/web-api/rate-limits); how long a burst
 *   may be Slack does not tell.
 *
 * What it does not do: OAuth and several workspaces, Slack Connect, user tokens, canvases, lists, search, workflows, legacy dialogs,
 * carousel, container, video and chart blocks, unfurling, fetching images, rendering. A retry is a new envelope with the same `event_id`;
 * an event without any connection is retried like one that was not
 * acknowledged (github.com/vercel/chat/issues/666). Texts are counted as they are sent,
 * not as Slack escapes them.
 */
import type { AddressInfo } from 'node:net';
import { type Fault, faults } from './faults.ts';
import { openDirect } from './open-direct.ts';
import { DEFAULT_OPTIONS, type FakeSlackOptions } from './options.ts';
import { announceUserStop, editAsPerson } from './people/change.ts';
import { type Chosen, press } from './people/press.ts';
import { openAssistant, openHome, type Said, say, shortcut, slashCommand } from './people/say.ts';
import { closeView, type Filled, submitView } from './people/views.ts';
import { rateLimits } from './rate-limits.ts';
import { seededRandom } from './seeded-random.ts';
import { transcript } from './transcript.ts';
import { type Delivery, type DeliveryTrouble, deliveries } from './wire/deliveries.ts';
import { requestUrl, signedHeaders } from './wire/request-url.ts';
import { socketMode } from './wire/socket-mode.ts';
import { webApi } from './wire/web-api.ts';
import {
  type ApiCall,
  type FakeChannel,
  type FakeMessage,
  type FakeUser,
  type FakeView,
  findMessage,
  mintId,
  newWorld,
} from './world.ts';

/** Where the double is and what it takes. */
export interface FakeSlackAddress {
  /** For `slackApiUrl`, with a slash at the end. */
  apiUrl: string;
  appToken: string;
  botToken: string;
  signingSecret: string;
  teamId: string;
  appId: string;
  botUserId: string;
  botId: string;
}

/**
 * What people and harnesses do with it. All methods answer by promises and take and give plain data, so that the same calls work on one
 * in another process (`remote-fake-slack.ts`).
 */
export interface FakeSlackControl {
  addUser(user: Partial<FakeUser> & { name: string }): Promise<FakeUser>;
  addChannel(channel: Partial<FakeChannel> & { name: string }): Promise<FakeChannel>;
  /** The direct conversation of a person with the bot, or of several. */
  openDirect(users: readonly string[]): Promise<FakeChannel>;
  setMembers(channel: string, members: readonly string[]): Promise<void>;
  /** Says it and delivers the events; answers as soon as the message stands. */
  say(said: Said): Promise<FakeMessage>;
  /** Edits a person's message: delivers `message_changed`. */
  editMessage(channel: string, ts: string, text: string): Promise<void>;
  openAssistant(user: string): Promise<{ channel: string; threadTs: string }>;
  openHome(user: string): Promise<void>;
  /** Answers when the command is acknowledged or given up. */
  slashCommand(at: { channel: string; user: string; command: string; text: string }): Promise<Delivery>;
  shortcut(at: { channel: string; ts: string; user: string; callbackId: string }): Promise<Delivery>;
  press(at: { channel: string; ts: string; actionId: string; user: string } & Chosen): Promise<Delivery>;
  submitView(at: { viewId: string; user: string; values: Filled }): Promise<Delivery>;
  closeView(at: { viewId: string; user: string }): Promise<void>;
  /** A person presses Stop on a stream. */
  stopStream(at: { channel: string; ts: string; user: string }): Promise<void>;
  /** Open views of a person, the newest last. */
  views(user: string): Promise<FakeView[]>;
  /** Messages of a channel, oldest first, or of one thread with its root. */
  messages(channel: string, threadTs?: string): Promise<FakeMessage[]>;
  transcript(channel: string, threadTs?: string): Promise<string>;
  /** The status line under a thread; null where there is none. */
  status(channel: string, threadTs: string): Promise<string | null>;
  title(channel: string, threadTs: string): Promise<string | null>;
  /** What `setSuggestedPrompts` set. */
  prompts(channel: string, threadTs: string): Promise<unknown>;
  /** Content of a file in base64; null for none. */
  fileContent(id: string): Promise<string | null>;
  /** Calls of the application, the first first; of one method where named. */
  calls(method?: string): Promise<ApiCall[]>;
  deliveries(): Promise<Delivery[]>;
  /** Waits until no delivery is under way. */
  idle(): Promise<void>;
  connections(): Promise<number>;
  addFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  setTrouble(trouble: Partial<DeliveryTrouble>): Promise<void>;
  setRateLimits(on: boolean): Promise<void>;
  setScopes(scopes: readonly string[]): Promise<void>;
  /** How long triggers and streams are good for (below 0: they are over at once), and how long an acknowledgement may take. */
  setTimes(
    times: Partial<Pick<FakeSlackOptions, 'triggerLifetimeMs' | 'streamLifetimeMs' | 'ackTimeoutMs'>>,
  ): Promise<void>;
  /** Sends events by HTTP from now on; null: by sockets. */
  setRequestUrl(url: string | null): Promise<void>;
  /** `url_verification` of the request URL; whether it answered with the challenge. */
  verifyRequestUrl(): Promise<boolean>;
  /** Cuts every socket without a word. */
  dropSockets(): Promise<void>;
  /** Sends `disconnect` to sockets, all of them where no count is given. */
  disconnectSockets(reason: 'warning' | 'refresh_requested' | 'link_disabled', count?: number): Promise<void>;
}

/** A running double. */
export interface FakeSlack extends FakeSlackAddress, FakeSlackControl {
  close(): Promise<void>;
}

/** Starts a double on loopback with an empty workspace: one team, the bot, no channel. */
export async function startFakeSlack(given: Partial<FakeSlackOptions> = {}): Promise<FakeSlack> {
  const options: FakeSlackOptions = { ...DEFAULT_OPTIONS, ...given };
  const world = newWorld(options);
  const random = seededRandom(options.seed);
  const sockets = socketMode(world.app.id);
  const byHttp = requestUrl(() => options.requestUrl, options.signingSecret);
  const way = deliveries(
    options,
    { attempt: (...call) => (options.requestUrl === null ? sockets : byHttp).attempt(...call) },
    () => performance.now() - world.startedAtMs,
    random,
    sockets.ticket,
  );
  const met = faults(random);
  const server = webApi({ world, deliveries: way, faults: met, limits: rateLimits() });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function need(channel: string, ts: string): FakeMessage {
    const message = findMessage(world, channel, ts);
    if (!message) throw new Error(`no message ${ts} in ${channel}`);
    return message;
  }
  function listed(channel: string, threadTs?: string): FakeMessage[] {
    const all = world.messages.get(channel) ?? [];
    return threadTs === undefined ? all : all.filter((one) => one.ts === threadTs || one.thread_ts === threadTs);
  }

  return {
    apiUrl: `${world.origin}/api/`,
    appToken: options.appToken,
    botToken: options.botToken,
    signingSecret: options.signingSecret,
    teamId: world.team.id,
    appId: world.app.id,
    botUserId: world.bot.userId,
    botId: world.bot.id,
    async addUser(user) {
      const made: FakeUser = {
        id: mintId(world, 'U'),
        realName: user.name,
        email: `${user.name}@example.com`,
        fields: {},
        isBot: false,
        deleted: false,
        locale: 'en-US',
        timeZone: 'Etc/UTC',
        ...user,
      };
      world.users.set(made.id, made);
      return made;
    },
    async addChannel(channel) {
      const made: FakeChannel = {
        id: mintId(world, 'C'),
        kind: 'public',
        members: [...world.users.keys()],
        archived: false,
        ...channel,
      };
      world.channels.set(made.id, made);
      return made;
    },
    openDirect: async (users) => openDirect(world, users),
    async setMembers(channel, members) {
      const held = world.channels.get(channel);
      if (!held) throw new Error(`no channel ${channel}`);
      held.members = [...members];
    },
    say: async (said) => ({ ...say(world, way, said).message }),
    async editMessage(channel, ts, text) {
      editAsPerson(world, way, need(channel, ts), text);
    },
    async openAssistant(user) {
      const { channel, threadTs } = openAssistant(world, way, user);
      return { channel, threadTs };
    },
    openHome: async (user) => openHome(world, way, user),
    slashCommand: (at) => slashCommand(world, way, at),
    shortcut: async ({ channel, ts, ...at }) => shortcut(world, way, { ...at, message: need(channel, ts) }),
    press: async (at) => press(world, way, at),
    submitView: (at) => submitView(world, way, at),
    async closeView(at) {
      await closeView(world, way, at);
    },
    async stopStream({ channel, ts, user }) {
      announceUserStop(world, way, need(channel, ts), user);
    },
    views: async (user) => [...world.views.values()].filter((one) => one.open && one.user === user),
    messages: async (channel, threadTs) => structuredClone(listed(channel, threadTs)),
    transcript: async (channel, threadTs) => transcript(world, listed(channel, threadTs)),
    status: async (channel, threadTs) => world.statuses.get(`${channel}/${threadTs}`) ?? null,
    title: async (channel, threadTs) => world.titles.get(`${channel}/${threadTs}`) ?? null,
    prompts: async (channel, threadTs) => world.prompts.get(`${channel}/${threadTs}`) ?? null,
    fileContent: async (id) => world.files.get(id)?.content.toString('base64') ?? null,
    calls: async (method) => world.calls.filter((call) => method === undefined || call.method === method),
    deliveries: async () => [...way.all()],
    idle: () => way.idle(),
    connections: async () => sockets.connections(),
    addFault: async (fault) => met.add(fault),
    clearFaults: async () => met.clear(),
    setTrouble: async (trouble) => way.trouble(trouble),
    async setRateLimits(on) {
      options.rateLimits = on;
    },
    async setScopes(scopes) {
      options.scopes = scopes;
    },
    async setTimes(times) {
      Object.assign(options, times);
    },
    async setRequestUrl(url) {
      options.requestUrl = url;
    },
    async verifyRequestUrl() {
      const body = JSON.stringify({
        token: 'fake-verification-token',
        challenge: mintId(world, 'challenge'),
        type: 'url_verification',
      });
      const response = await fetch(options.requestUrl ?? '', {
        method: 'POST',
        body,
        headers: { ...signedHeaders(options.signingSecret, body), 'content-type': 'application/json' },
      });
      return response.ok && (await response.text()).includes(JSON.parse(body).challenge);
    },
    dropSockets: async () => sockets.drop(),
    disconnectSockets: async (reason, count) => sockets.disconnect(reason, count),
    async close() {
      way.stop();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
