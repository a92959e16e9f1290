import { accessSync, constants } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { BASE_URL } from '../platform-file.ts';
import { type ChannelPolicies, MENTION_ONLY, readChannelPolicies } from './channel-policy.ts';

function whole(max: number, otherwise: number) {
  return z.coerce.number().int().min(1).max(max).default(otherwise);
}

const filePath = z.string().min(1).optional();
/** An outgoing header has to hold it. */
const token = (begin: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${begin}[\\x21-\\x7e]{4,4096}$`), `is no ${what}: it begins with ${begin}`)
    .optional();

const SETTINGS = z.object({
  WHEREFORE_SLACK_BOT_TOKEN: token('xoxb-', 'bot token'),
  WHEREFORE_SLACK_APP_TOKEN: token('xapp-', 'app-level token'),
  WHEREFORE_SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{8,200}$/, 'is no signing secret')
    .optional(),
  WHEREFORE_SLACK_RECEIVER: z.enum(['socket', 'http']).default('socket'),
  WHEREFORE_SLACK_PORT: z.coerce.number().int().min(0).max(65_535).default(3_000),
  WHEREFORE_SLACK_ADDRESS: z
    .string()
    .refine((address) => isIP(address) !== 0, 'is no IP address')
    .default('127.0.0.1'),
  WHEREFORE_SLACK_API_URL: BASE_URL.optional(),
  WHEREFORE_SLACK_CHANNELS: z.string().min(1).optional(),
  WHEREFORE_SLACK_SUPPORT_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,30}$/, 'is no id of a channel such as C0123ABCD')
    .optional(),
  // An answer reads and computes in a process of its own: two keep a small machine busy.
  WHEREFORE_SLACK_AT_ONCE: whole(64, 2),
  WHEREFORE_SLACK_PER_USER: whole(64, 1),
  WHEREFORE_SLACK_PER_CHANNEL: whole(64, 2),
  WHEREFORE_SLACK_MAX_FILE_MB: whole(2_048, 64),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S{1,2000}$/, 'is no address of PostgreSQL (postgres://user@host/database)')
    .optional(),
  WHEREFORE_RETENTION_DAYS: whole(3_650, 90),
  WHEREFORE_ACCESS_FILE: filePath,
  WHEREFORE_CHART_FONT: filePath,
  WHEREFORE_CASE_PAGES_URL: BASE_URL.optional(),
  WHEREFORE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  WHEREFORE_OTEL_URL: BASE_URL.optional(),
});
type Given = z.infer<typeof SETTINGS>;

/** Names of the settings of the Slack bot. */
export const SLACK_SETTING_NAMES: readonly string[] = Object.keys(SETTINGS.shape);

/** How Slack reaches the bot: over a WebSocket that the bot opens, or by requests to it. */
export type ReceiverSettings = { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };

/** The settings of the Slack bot, by their meaning. */
export interface SlackSettings {
  botToken: string;
  receiver: ReceiverSettings;
  /** Of the HTTP receiver, and of health and metrics with either. Port 0: any that is free. */
  address: string;
  port: number;
  /** Ends with a slash; null: Slack's own. */
  apiUrl: string | null;
  channels: ChannelPolicies;
  /** `C…` of the team that takes over; null: nobody does. */
  supportChannel: string | null;
  /** Answers worked on at a time, by this process. */
  atOnce: number;
  perUser: number;
  perChannel: number;
  /** The largest file that is fetched. */
  maxFileBytes: number;
  /** PostgreSQL, shared by several replicas; null: a file beside the cases. */
  databaseUrl: string | null;
  /** Cases that nobody touched for so long are deleted. */
  retentionDays: number;
  /** Who may see what; null: everybody who can ask sees all. */
  accessFile: string | null;
  /** A font with the characters of charts; null: the bundled one. */
  chartFont: string | null;
  /** Where case pages are served; null: they are attached as files. */
  casePagesUrl: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Where traces are sent (OTLP over HTTP); null: nowhere. */
  otelUrl: string | null;
}

/**
 * Reads the settings of the Slack bot.
 *
 * @param given the environment without empty values
 * @param problems gets every wrong or missing setting, never its value
 */
export function readSlackSettings(
  given: Readonly<Record<string, string | undefined>>,
  problems: string[],
): SlackSettings | null {
  const before = problems.length;
  const parsed = SETTINGS.safeParse(given);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  addMissing(given, problems);
  const channels = channelsOf(given.WHEREFORE_SLACK_CHANNELS, problems);
  for (const name of ['WHEREFORE_ACCESS_FILE', 'WHEREFORE_CHART_FONT'])
    if (given[name] !== undefined && !isReadable(given[name])) problems.push(`${name}: ${given[name]} cannot be read`);
  if (!parsed.success || problems.length > before) return null;
  const value = parsed.data;
  return {
    botToken: value.WHEREFORE_SLACK_BOT_TOKEN ?? '',
    receiver: receiverOf(value),
    address: value.WHEREFORE_SLACK_ADDRESS,
    port: value.WHEREFORE_SLACK_PORT,
    apiUrl: value.WHEREFORE_SLACK_API_URL === undefined ? null : `${value.WHEREFORE_SLACK_API_URL}/`,
    channels,
    supportChannel: value.WHEREFORE_SLACK_SUPPORT_CHANNEL ?? null,
    atOnce: value.WHEREFORE_SLACK_AT_ONCE,
    perUser: value.WHEREFORE_SLACK_PER_USER,
    perChannel: value.WHEREFORE_SLACK_PER_CHANNEL,
    maxFileBytes: value.WHEREFORE_SLACK_MAX_FILE_MB << 20,
    databaseUrl: value.DATABASE_URL ?? null,
    retentionDays: value.WHEREFORE_RETENTION_DAYS,
    accessFile: value.WHEREFORE_ACCESS_FILE ?? null,
    chartFont: value.WHEREFORE_CHART_FONT ?? null,
    casePagesUrl: value.WHEREFORE_CASE_PAGES_URL ?? null,
    logLevel: value.WHEREFORE_LOG_LEVEL,
    otelUrl: value.WHEREFORE_OTEL_URL ?? null,
  };
}

function addMissing(given: Readonly<Record<string, string | undefined>>, problems: string[]): void {
  if (given.WHEREFORE_SLACK_BOT_TOKEN === undefined)
    problems.push('WHEREFORE_SLACK_BOT_TOKEN: is not set (xoxb-…, on the page OAuth & Permissions of your Slack app)');
  const isHttp = given.WHEREFORE_SLACK_RECEIVER === 'http';
  if (!isHttp && given.WHEREFORE_SLACK_APP_TOKEN === undefined)
    problems.push(
      'WHEREFORE_SLACK_APP_TOKEN: is not set (xapp-… with connections:write, on the page Basic Information of your Slack app)',
    );
  if (isHttp && given.WHEREFORE_SLACK_SIGNING_SECRET === undefined)
    problems.push('WHEREFORE_SLACK_SIGNING_SECRET: is not set (on the page Basic Information of your Slack app)');
}

function channelsOf(written: string | undefined, problems: string[]): ChannelPolicies {
  if (written === undefined) return MENTION_ONLY;
  const read = readChannelPolicies(written);
  if (!('problems' in read)) return read;
  problems.push(...read.problems.map((problem) => `WHEREFORE_SLACK_CHANNELS: ${problem}`));
  return MENTION_ONLY;
}

function receiverOf(value: Given): ReceiverSettings {
  return value.WHEREFORE_SLACK_RECEIVER === 'http'
    ? { kind: 'http', signingSecret: value.WHEREFORE_SLACK_SIGNING_SECRET ?? '' }
    : { kind: 'socket', appToken: value.WHEREFORE_SLACK_APP_TOKEN ?? '' };
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
