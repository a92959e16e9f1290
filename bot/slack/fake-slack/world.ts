import type { FakeSlackOptions } from './options.ts';

/** A person or bot of the workspace, as `users.info` tells it. */
export interface FakeUser {
  id: string;
  name: string;
  realName: string;
  email: string | null;
  /** Custom profile fields by their id (`Xf…`). */
  fields: Readonly<Record<string, { value: string; alt: string; label: string }>>;
  isBot: boolean;
  deleted: boolean;
  /** `en-US`, `zh-CN` … */
  locale: string;
  timeZone: string;
}

/** A conversation. */
export interface FakeChannel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  members: string[];
  archived: boolean;
}

/** A message as Slack keeps it; fields in Slack's own words go over the wire as they are. */
export interface FakeMessage {
  type: 'message';
  channel: string;
  ts: string;
  thread_ts?: string;
  subtype?: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  username?: string;
  text: string;
  blocks?: Record<string, unknown>[];
  attachments?: unknown[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  files?: string[];
  edited?: { user: string; ts: string };
  reactions?: { name: string; users: string[] }[];
  /** Seen only by this person; kept by no read method. */
  ephemeralTo?: string;
  stream?: {
    open: boolean;
    mode: 'text' | 'chunks' | null;
    startedAtMs: number;
    stoppedByUser: boolean;
    chunks: Record<string, unknown>[];
  };
  /** How often it was changed. */
  edits: number;
}

/** A file, with its content. */
export interface FakeFile {
  id: string;
  name: string;
  title: string;
  alt: string;
  mimetype: string;
  filetype: string;
  mode: string;
  content: Buffer;
  /** What was said of its length before the upload. */
  announcedBytes: number;
  user: string;
  createdSeconds: number;
  /** Where it was shared. */
  channels: string[];
  complete: boolean;
  /** When Slack is through with it and blocks may show it, milliseconds since the epoch. */
  readyAtMs: number;
}

/** A modal or home tab. */
export interface FakeView {
  id: string;
  type: 'modal' | 'home';
  user: string;
  view: Record<string, unknown>;
  hash: string;
  open: boolean;
}

/** A request that the application made. */
export interface ApiCall {
  method: string;
  args: Record<string, unknown>;
  /** Since the fake started, milliseconds. */
  atMs: number;
  /** How long the fake took to answer; null while it has not. */
  tookMs: number | null;
  status: number | null;
  /** Slack's error name, null for `ok`. */
  error: string | null;
  /** The fault that met it. */
  fault: string | null;
}

/** What Slack knows. */
export interface World {
  options: FakeSlackOptions;
  team: { id: string; domain: string; name: string };
  app: { id: string };
  bot: { id: string; userId: string; name: string };
  users: Map<string, FakeUser>;
  channels: Map<string, FakeChannel>;
  /** By channel, oldest first. */
  messages: Map<string, FakeMessage[]>;
  files: Map<string, FakeFile>;
  views: Map<string, FakeView>;
  triggers: Map<string, { user: string; atMs: number; used: boolean }>;
  responseUrls: Map<string, { user: string; channel: string; messageTs: string | null; uses: number; atMs: number }>;
  /** By `channel/thread`. */
  statuses: Map<string, string>;
  titles: Map<string, string>;
  prompts: Map<string, unknown>;
  calls: ApiCall[];
  startedAtMs: number;
  counter: number;
  lastMicros: number;
  /** Base of the addresses it gives out, without a slash at the end. */
  origin: string;
}

/** A new id: the kind's letter, then letters and digits as Slack's have. */
export function mintId(world: World, prefix: string): string {
  world.counter += 1;
  return `${prefix}0F${world.counter.toString(36).toUpperCase().padStart(7, '0')}`;
}

/** A new message time, later than each before it: `seconds.microseconds`. */
export function mintTs(world: World): string {
  world.lastMicros = Math.max(world.lastMicros + 1, Date.now() * 1000);
  const seconds = Math.floor(world.lastMicros / 1_000_000);
  return `${seconds}.${String(world.lastMicros % 1_000_000).padStart(6, '0')}`;
}

/** Finds a message that stands in a channel. */
export function findMessage(world: World, channel: string, ts: string): FakeMessage | undefined {
  return world.messages.get(channel)?.find((message) => message.ts === ts);
}

/** Puts a message where it belongs. */
export function keepMessage(world: World, message: FakeMessage): void {
  const held = world.messages.get(message.channel) ?? [];
  held.push(message);
  world.messages.set(message.channel, held);
}

/** An empty workspace with the application installed. */
export function newWorld(options: FakeSlackOptions): World {
  const world: World = {
    options,
    team: { id: 'T0FAKE0001', domain: 'fake', name: 'Fake workspace' },
    app: { id: 'A0FAKE0001' },
    bot: { id: 'B0FAKE0001', userId: 'U0FAKEBOT1', name: options.botName },
    users: new Map(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    views: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    statuses: new Map(),
    titles: new Map(),
    prompts: new Map(),
    calls: [],
    startedAtMs: performance.now(),
    counter: 0,
    lastMicros: 0,
    origin: '',
  };
  world.users.set(world.bot.userId, {
    id: world.bot.userId,
    name: options.botName,
    realName: options.botName,
    email: null,
    fields: {},
    isBot: true,
    deleted: false,
    locale: 'en-US',
    timeZone: 'Etc/UTC',
  });
  return world;
}
