import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type FakeSlack, startFakeSlack } from '../../../bot/slack/fake-slack/fake-slack.ts';
import type { FakeChannel, FakeMessage, FakeUser } from '../../../bot/slack/fake-slack/world.ts';
import { startBot } from '../stage/bot-process.ts';
import { slackEnvironment } from '../stage/slack-environment.ts';

const MANIFEST = path.resolve(import.meta.dirname, '../../../bot/slack/manifest.json');
/** Longest that one message may take, on a machine that has much else to do. */
const SETTLED_MS = 60_000;
/** Nothing was called for so long: all is said. */
const QUIET_MS = 250;

/** What a stage is set with. */
export interface StageOptions {
  /** Folder of a capture. */
  recording: string;
  receiver?: 'socket' | 'http';
  /** The text of an access file, by the people that are there; absent: everybody sees all. */
  access?(people: People): string;
}

/** Who is there from the beginning. */
export interface People {
  /** Writes English. */
  ana: FakeUser;
  /** Writes Chinese. */
  li: FakeUser;
  /** On the support team. */
  sam: FakeUser;
  kim: FakeUser;
  /** Has an account that owns nothing. */
  eve: FakeUser;
}

/** A conversation that people look at. */
export interface Seen {
  title: string;
  channel: string;
  threadTs?: string;
}

/** A workspace with the bot in it: the double of Slack and the real process. */
export interface Stage {
  slack: FakeSlack;
  people: People;
  support: FakeChannel;
  /** Channels with a policy of their own: alert bots are answered, and nobody is. */
  alerts: FakeChannel;
  off: FakeChannel;
  /** A new channel with all people and the bot, or with some. */
  channel(name: string, members?: readonly FakeUser[]): Promise<FakeChannel>;
  /** Mentions the bot and waits until all is said. */
  mention(channel: FakeChannel, user: FakeUser, text: string, more?: More): Promise<FakeMessage>;
  /** Says it without a mention and waits. */
  say(channel: FakeChannel, user: FakeUser, text: string, more?: More): Promise<FakeMessage>;
  /** Presses the button of a message and waits. */
  press(message: FakeMessage, action: string, user: FakeUser, chosen?: { user?: string }): Promise<void>;
  /** Fills the form that is open before a person and waits. */
  submit(user: FakeUser, values: Readonly<Record<string, string>>): Promise<void>;
  command(channel: FakeChannel, user: FakeUser, text: string): Promise<void>;
  shortcut(message: FakeMessage, user: FakeUser): Promise<void>;
  /** Everything of the bot in a channel or thread, also what one person alone sees. */
  posts(channel: FakeChannel | string, threadTs?: string): Promise<FakeMessage[]>;
  /** Waits until the bot has nothing to do. */
  settled(): Promise<void>;
  /** Waits until something is there. @throws Error after a while */
  until<Found>(look: () => Promise<Found | null | undefined | false>): Promise<Found>;
  /** For the transcript. */
  show(title: string, channel: FakeChannel | string, threadTs?: string): void;
  shown: Seen[];
  /** The log of the bot. */
  log: readonly string[];
  close(): Promise<void>;
}

/** What a message has besides its words. */
interface More {
  threadTs?: string;
  files?: readonly { name: string; content: Buffer | string }[];
}

/** Sets a stage: exactly the scopes and events of the manifest are granted. */
export async function openStage({ recording, receiver = 'socket', access }: StageOptions): Promise<Stage> {
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'));
  const slack = await startFakeSlack({
    retryScale: 0.01,
    scopes: manifest.oauth_config.scopes.bot,
    events: manifest.settings.event_subscriptions.bot_events,
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-ways-'));
  const user = (name: string, more: Partial<FakeUser> = {}) => slack.addUser({ name, ...more });
  const people: People = {
    ana: await user('ana'),
    li: await user('li', { locale: 'zh-CN' }),
    sam: await user('sam'),
    kim: await user('kim'),
    eve: await user('eve'),
  };
  const everybody = [...Object.values(people).map(({ id }) => id), slack.botUserId];
  const [support, alerts, off] = await Promise.all(
    ['data-support', 'alerts', 'random'].map((name) => slack.addChannel({ name, members: [...everybody] })),
  );
  if (!support || !alerts || !off) throw new Error('no channels');
  const accessFile = path.join(folder, 'access.yaml');
  if (access) await writeFile(accessFile, access(people));
  const log: string[] = [];
  let port = '';
  const bot = startBot({
    from: recording,
    settings: {
      ...slackEnvironment(slack, { folder }),
      WHEREFORE_SLACK_SIGNING_SECRET: slack.signingSecret,
      WHEREFORE_SLACK_RECEIVER: receiver,
      WHEREFORE_SLACK_SUPPORT_CHANNEL: support.id,
      WHEREFORE_SLACK_CHANNELS: `${alerts.id}=auto:B0GRAFANA1, ${off.id}=off`,
      WHEREFORE_SLACK_MAX_FILE_MB: '1',
      ...(access ? { WHEREFORE_ACCESS_FILE: accessFile } : {}),
    },
    log(line) {
      log.push(JSON.stringify(line));
      if (line.msg === 'the bot is there') port = String(line.port);
    },
  });
  const end = async () => {
    if (!bot.ended()) await bot.stop();
    await slack.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  if (!(await bot.isThere)) {
    await end();
    throw new Error(`the bot ended at its start:\n${log.slice(-20).join('\n')}`);
  }
  const url = `http://127.0.0.1:${port}`;
  if (receiver === 'http') await slack.setRequestUrl(`${url}/slack/events`);

  const busy = async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return [...text.matchAll(/^wherefore_inbox\{state="(?:waiting|taken)"\} (\d+)/gm)].some(
      ([, count]) => count !== '0',
    );
  };
  const until: Stage['until'] = async (look) => {
    for (const end = performance.now() + SETTLED_MS; ; await after(40)) {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      if (performance.now() > end) throw new Error(`nothing came:\n${log.slice(-10).join('\n')}`);
    }
  };
  const settled = async () => {
    await slack.idle();
    let [calls, since] = [-1, performance.now()];
    await until(async () => {
      const now = await slack.calls();
      if (now.length !== calls || now.some(({ status }) => status === null) || (await busy())) {
        calls = now.length;
        since = performance.now();
      }
      return performance.now() - since > QUIET_MS;
    });
  };
  const shown: Seen[] = [];
  const stage: Stage = {
    slack,
    people,
    support,
    alerts,
    off,
    channel: (name, members) =>
      slack.addChannel({ name, members: [...(members ? members.map(({ id }) => id) : everybody), slack.botUserId] }),
    mention: (channel, from, text, more) => stage.say(channel, from, `<@${slack.botUserId}> ${text}`.trim(), more),
    async say(channel, from, text, more = {}) {
      const said = await slack.say({ channel: channel.id, user: from.id, text, ...more });
      await settled();
      return said;
    },
    async press({ channel, ts }, action, from, chosen = {}) {
      await slack.press({ channel, ts, actionId: `wherefore:${action}`, user: from.id, ...chosen });
      await settled();
    },
    async submit(from, values) {
      const [view] = (await slack.views(from.id)).slice(-1);
      if (!view) throw new Error(`no form is open before ${from.name}`);
      await slack.submitView({ viewId: view.id, user: from.id, values });
      await settled();
    },
    async command(channel, from, text) {
      await slack.slashCommand({ channel: channel.id, user: from.id, command: '/why', text });
      await settled();
    },
    async shortcut({ channel, ts }, from) {
      await slack.shortcut({ channel, ts, user: from.id, callbackId: 'why_did_this_fail' });
      await settled();
    },
    async posts(channel, threadTs) {
      const all = await slack.messages(typeof channel === 'string' ? channel : channel.id, threadTs);
      return all.filter(({ user: from, subtype }) => from === slack.botUserId && subtype !== 'assistant_app_thread');
    },
    settled,
    until,
    show(title, channel, threadTs) {
      const id = typeof channel === 'string' ? channel : channel.id;
      shown.push({ title, channel: id, ...(threadTs === undefined ? {} : { threadTs }) });
    },
    shown,
    log,
    close: end,
  };
  return stage;
}
