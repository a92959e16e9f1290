import type { Access } from './access-file.ts';
import { mayOpenCase } from './case-access.ts';
import type { Ownership } from './ownership.ts';
import type { SlackDirectory } from './slack-directory.ts';
import { channelGrants, fits, viewerOf } from './viewer.ts';

/** Where an answer may be shown. `ephemeral`: in the channel, to the asker alone; `direct`: in a direct message. */
export type AnswerVenue = 'thread' | 'ephemeral' | 'direct';

/** A channel with more members than this is not looked through: somebody in it will lack the right. */
export const MOST_MEMBERS = 200;
/** People asked for at once. */
const AT_ONCE = 8;

/** What an answer is about and who would read it. */
export interface AudienceAsked {
  access: Access | null;
  directory: SlackDirectory;
  channel: string;
  /** A direct message of the asker with the bot has no other reader. */
  isDirect: boolean;
  asker: string;
  about: readonly Ownership[];
  /** An ephemeral message cannot carry files or be changed: where the answer needs that, it goes to a direct message. */
  wants?: 'ephemeral' | 'direct';
}

/**
 * Where an answer goes: into the thread where every person of the channel may read all that it tells of, else to the asker alone. What
 * cannot be found out counts as lacking the right; bots do not count.
 */
export async function answerVenue(asked: AudienceAsked): Promise<AnswerVenue> {
  const { access, about, isDirect, wants = 'ephemeral' } = asked;
  if (access === null || isDirect || about.length === 0) return 'thread';
  const declared = access.channels[asked.channel];
  const grants = declared ? channelGrants(declared.safeFor, access) : [];
  const left = about.filter((run) => !grants.some((grant) => fits(grant, run)));
  if (left.length === 0) return 'thread';
  return (await allMayRead(asked, access, left)) ? 'thread' : wants;
}

async function allMayRead(
  { directory, channel, asker }: AudienceAsked,
  access: Access,
  about: readonly Ownership[],
): Promise<boolean> {
  const members = await directory.members(channel, MOST_MEMBERS);
  if (members === null) return false;
  const others = members.filter((id) => id !== asker);
  for (let at = 0; at < others.length; at += AT_ONCE) {
    const people = await Promise.all(others.slice(at, at + AT_ONCE).map((id) => directory.user(id)));
    for (const person of people) {
      if (person === null) return false;
      if (!person.isBot && !mayOpenCase(viewerOf(access, person), about)) return false;
    }
  }
  return true;
}

/** How long what was found out about a channel holds, in milliseconds. */
const HOLDS_MS = 60_000;
const MOST_KEPT = 1_000;

/** The same, asked again at most once a minute for a channel, its runs and the version of the rules. */
export function rememberVenues(now: () => number = Date.now): typeof answerVenue {
  const kept = new Map<string, { venue: Promise<AnswerVenue>; untilMs: number }>();
  return (asked) => {
    const { access, channel, asker, about, wants, isDirect } = asked;
    const key = JSON.stringify([
      access?.version,
      channel,
      asker,
      wants,
      isDirect,
      about.map(({ id, user, queue, names }) => [id, user, queue, names]),
    ]);
    const known = kept.get(key);
    if (known && known.untilMs > now()) return known.venue;
    if (kept.size >= MOST_KEPT) kept.clear();
    const venue = answerVenue(asked);
    kept.set(key, { venue, untilMs: now() + HOLDS_MS });
    venue.catch(() => kept.delete(key));
    return venue;
  };
}
