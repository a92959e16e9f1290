/** How the double behaves; times in milliseconds. */
export interface FakeSlackOptions {
  port: number;
  botName: string;
  appToken: string;
  botToken: string;
  signingSecret: string;
  /** Bot token scopes that were granted. */
  scopes: readonly string[];
  /** Where events go by HTTP; null: Socket Mode. */
  requestUrl: string | null;
  /** Events that are subscribed to, as a manifest names them. */
  events: readonly string[];
  /** How long an acknowledgement may take (docs.slack.dev/apis/events-api: 3 seconds). */
  ackTimeoutMs: number;
  /** Waits before the retries of an event (docs.slack.dev/apis/events-api: nearly at once, 1 minute, 5 minutes). */
  retryDelaysMs: readonly number[];
  /** Multiplies the waits before retries. */
  retryScale: number;
  /** Whether Slack's rate limits hold. */
  rateLimits: boolean;
  /** docs.slack.dev/interactivity/handling-user-interaction: a trigger is good for 3 seconds. */
  triggerLifetimeMs: number;
  /** github.com/slackapi/python-slack-sdk/issues/1859: streams are closed by the server after about 5 minutes. */
  streamLifetimeMs: number;
  /**
   * How long Slack works on a finished upload: until then `files.info` knows no media type, blocks may not show it (`invalid slack file`)
   * and its message is not there (github.com/slackapi/slack-github-action/issues/413: "asynchronous", figures differ). 0: at once.
   */
  fileReadyAfterMs: number;
  /** Seed of every chance it takes. */
  seed: number;
}

/** Scopes that a bot of this kind asks for. */
const BOT_SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'reactions:write',
  'users.profile:read',
  'users:read',
  'users:read.email',
] as const;

/** Events that a bot of this kind subscribes to. */
const BOT_EVENTS = [
  'app_home_opened',
  'app_mention',
  'agent_session_stopped',
  'assistant_thread_context_changed',
  'assistant_thread_started',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
] as const;

/** What holds where nothing else is said: Slack's own times, no rate limits. */
export const DEFAULT_OPTIONS: FakeSlackOptions = {
  port: 0,
  botName: 'wherefore',
  appToken: 'xapp-1-A0FAKE0001-fake',
  botToken: 'xoxb-fake-bot-token',
  signingSecret: 'fake-signing-secret',
  scopes: BOT_SCOPES,
  requestUrl: null,
  events: BOT_EVENTS,
  ackTimeoutMs: 3000,
  retryDelaysMs: [200, 60_000, 300_000],
  retryScale: 1,
  rateLimits: false,
  triggerLifetimeMs: 3000,
  streamLifetimeMs: 300_000,
  fileReadyAfterMs: 0,
  seed: 1,
};
