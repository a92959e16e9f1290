import type { CustomRoute } from '@slack/bolt';
import type { Incoming } from '../cases/inbox/incoming.ts';
import { type ChannelPolicies, MENTION_ONLY } from './channel-policy.ts';
import { createSlackApp, type SlackApp } from './create-app.ts';
import type { FakeSlack } from './fake-slack/fake-slack.ts';
import { type MemoryInbox, memoryInbox } from './receivers/memory-inbox-fixture.ts';
import type { SlackLog } from './slack-log.ts';
import type { SlackSettings } from './slack-settings.ts';

/** A log that tests read: `level message {fields}`. */
export function readableLog(): SlackLog & { lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Settings of a bot on a double of Slack; port 0 is any that is free. */
export function settingsOn(slack: FakeSlack, kind: 'socket' | 'http', channels = MENTION_ONLY): SlackSettings {
  return {
    botToken: slack.botToken,
    receiver: kind === 'socket' ? { kind, appToken: slack.appToken } : { kind, signingSecret: slack.signingSecret },
    address: '127.0.0.1',
    port: 0,
    apiUrl: slack.apiUrl,
    channels,
    supportChannel: null,
    atOnce: 2,
    perUser: 1,
    perChannel: 2,
    maxFileBytes: 1 << 20,
    databaseUrl: null,
    retentionDays: 90,
    accessFile: null,
    chartFont: null,
    casePagesUrl: null,
    logLevel: 'info',
    otelUrl: null,
  };
}

/** A started way in on a double, with its inbox and log. */
export interface StartedApp {
  app: SlackApp;
  inbox: MemoryInbox;
  log: ReturnType<typeof readableLog>;
  /** What `onNew` was told. */
  told: Incoming[];
  url: string;
}

/** Starts the way in on a double and, over HTTP, tells the double where it is. */
export async function startOn(
  slack: FakeSlack,
  kind: 'socket' | 'http',
  more: { channels?: ChannelPolicies; routes?: readonly CustomRoute[] } = {},
): Promise<StartedApp> {
  const inbox = memoryInbox();
  const log = readableLog();
  const told: Incoming[] = [];
  const app = await createSlackApp({
    settings: settingsOn(slack, kind, more.channels),
    language: 'auto',
    inbox,
    routes: more.routes ?? [],
    log,
    onNew: (incoming) => void told.push(incoming),
    threadMs: 150,
    signal: new AbortController().signal,
  });
  await app.start();
  const { port } = app.listensOn() ?? { port: 0 };
  const url = `http://127.0.0.1:${port}`;
  if (kind === 'http') await slack.setRequestUrl(`${url}/slack/events`);
  return { app, inbox, log, told, url };
}
