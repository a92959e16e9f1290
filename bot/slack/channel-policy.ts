import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { parsePlainYaml } from '../parse-plain-yaml.ts';

/** What the bot does in a channel. */
export interface ChannelPolicy {
  /** `mention`: answers who mentions it; `auto`: also messages of alert bots, by itself; `off`: nothing. */
  answers: 'mention' | 'auto' | 'off';
  /** Of `auto`: ids (`B…`, `A…`) or shown names of the bots whose messages are answered; `*` is any. */
  bots: readonly string[];
}

/** What the bot does where; by the channel's id, since names change. */
export interface ChannelPolicies {
  otherwise: ChannelPolicy;
  channels: Readonly<Record<string, ChannelPolicy>>;
}

/** Answers who mentions it, everywhere. */
export const MENTION_ONLY: ChannelPolicies = { otherwise: { answers: 'mention', bots: [] }, channels: {} };

const MAX_FILE_BYTES = 1 << 20;
const NAME_OF_BOT = /^[^,=|:]{1,80}$/;

const ANSWERS = z.enum(['mention', 'auto', 'off'], 'has to be mention, auto or off');
const POLICY = z
  .preprocess(
    (given) => (typeof given === 'string' ? { answers: given } : given),
    z.strictObject({ answers: ANSWERS, bots: z.array(z.string().min(1).max(80)).max(100).default([]) }),
  )
  .refine(({ answers, bots }) => answers !== 'auto' || bots.length > 0, 'auto has to name bots, or * for any')
  .refine(({ answers, bots }) => answers === 'auto' || bots.length === 0, 'bots go with auto');
const CHANNEL_ID = z.string().regex(/^[CG][A-Z0-9]{2,30}$/, 'is no id of a channel such as C0123ABCD');
const FILE = z.strictObject({
  default: POLICY.default(MENTION_ONLY.otherwise as { answers: 'mention'; bots: string[] }),
  channels: z.record(CHANNEL_ID, POLICY).default({}),
});

/**
 * Reads WHEREFORE_SLACK_CHANNELS: `C0123ABCD=off, C0456EFGH=auto:B0123ABCD|grafana, *=mention`, or the name of a YAML or JSON file:
 * `default: mention` and `channels:` with an id and `mention`, `off`, or `answers: auto` and `bots:` each.
 *
 * @returns the policies, or every problem
 */
export function readChannelPolicies(written: string): ChannelPolicies | { problems: string[] } {
  const given = /\.(?:ya?ml|json)$/i.test(written.trim()) ? ofFile(written.trim()) : ofList(written);
  if ('problems' in given) return given;
  const parsed = FILE.safeParse(given.value);
  if (parsed.success) return { otherwise: parsed.data.default, channels: parsed.data.channels };
  return {
    problems: parsed.error.issues.map(({ code, path, message }) => {
      const place = path.map(String).join(' → ');
      const what = code === 'invalid_key' ? 'is no id of a channel such as C0123ABCD' : message;
      return place === '' ? what : `${place}: ${what}`;
    }),
  };
}

/** What holds for a channel. */
export function policyOf({ channels, otherwise }: ChannelPolicies, channel: string): ChannelPolicy {
  return (Object.hasOwn(channels, channel) ? channels[channel] : undefined) ?? otherwise;
}

function ofFile(file: string): { value: unknown } | { problems: string[] } {
  try {
    if (statSync(file).size > MAX_FILE_BYTES) return { problems: [`${file} is larger than 1 MiB`] };
    return { value: parsePlainYaml(readFileSync(file, 'utf8')) ?? {} };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { problems: [`${file} does not exist`] };
    if (error instanceof RangeError) return { problems: [`${file}: ${error.message}`] };
    return { problems: [`${file} cannot be read (${error instanceof SyntaxError ? 'no JSON' : (code ?? 'unknown')})`] };
  }
}

function ofList(written: string): { value: unknown } | { problems: string[] } {
  const problems: string[] = [];
  const channels: Record<string, unknown> = {};
  let otherwise: unknown;
  for (const entry of written.split(',').map((one) => one.trim())) {
    if (entry === '') continue;
    const [channel = '', rest = '', ...more] = entry.split('=').map((one) => one.trim());
    const [answers = '', names, ...others] = rest.split(':');
    const bots = names === undefined ? [] : names.split('|').map((one) => one.trim());
    if (more.length > 0 || others.length > 0 || !bots.every((bot) => NAME_OF_BOT.test(bot)))
      problems.push(`${entry.slice(0, 80)} is not like C0123ABCD=auto:B0123ABCD|grafana`);
    else if (channel === '*') otherwise = { answers, bots };
    else if (Object.hasOwn(channels, channel)) problems.push(`${channel} stands twice`);
    else channels[channel] = { answers, bots };
  }
  if (problems.length > 0) return { problems };
  return { value: { channels, ...(otherwise === undefined ? {} : { default: otherwise }) } };
}
