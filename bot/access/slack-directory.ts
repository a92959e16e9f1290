import type { SlackPerson } from './viewer.ts';

/** The people of a workspace, as far as rules need them. Whatever cannot be found out is null: nobody gets a right by a failure. */
export interface SlackDirectory {
  user(id: string): Promise<SlackPerson | null>;
  /** Members of a channel; null: more than the limit, or they cannot be listed. */
  members(channel: string, limit: number): Promise<readonly string[] | null>;
}

/** What of `WebClient` is used (`users:read`, `users:read.email`, `users.profile:read`, `channels:read`, `groups:read`). */
export interface DirectoryClient {
  users: {
    info(asked: { user: string }): Promise<{ ok?: boolean; user?: unknown }>;
    profile: { get(asked: { user: string; include_labels?: boolean }): Promise<{ ok?: boolean; profile?: unknown }> };
  };
  conversations: {
    members(asked: { channel: string; limit?: number; cursor?: string }): Promise<{
      ok?: boolean;
      members?: string[];
      response_metadata?: { next_cursor?: string };
    }>;
  };
}

/** An identity holds this long, the members of a channel that long, in milliseconds. */
const USER_MS = 5 * 60_000;
const MEMBERS_MS = 60_000;
const MOST_KEPT = 5_000;
const PAGE = 200;
/** Fields of custom profiles are many at most workspaces' own limit of 50. */
const MOST_FIELDS = 100;

/**
 * The directory of a workspace, by Slack's own methods.
 *
 * @param profileFields whether fields of the profile are wanted (one request more for each person)
 */
export function slackDirectory(
  client: DirectoryClient,
  profileFields: boolean,
  now: () => number = Date.now,
): SlackDirectory {
  const people = keptFor<SlackPerson>(USER_MS, now);
  const channels = keptFor<readonly string[]>(MEMBERS_MS, now);
  return {
    user: (id) => people(id, () => readPerson(client, id, profileFields)),
    members: (channel, limit) => channels(`${channel} ${limit}`, () => readMembers(client, channel, limit)),
  };
}

async function readPerson(client: DirectoryClient, id: string, profileFields: boolean): Promise<SlackPerson | null> {
  const { ok, user } = await client.users.info({ user: id });
  const entry = record(user);
  if (ok === false || entry === null || entry.id !== id || entry.deleted === true) return null;
  const profile = record(entry.profile) ?? {};
  const isForeign = entry.is_stranger === true || entry.is_restricted === true || entry.is_ultra_restricted === true;
  const isBot = entry.is_bot === true || id === 'USLACKBOT';
  const email = typeof profile.email === 'string' && entry.is_email_confirmed !== false ? profile.email : null;
  const fields = profileFields && !isBot ? await readFields(client, id) : {};
  return { id, email, fields, isBot, isForeign };
}

async function readFields(client: DirectoryClient, id: string): Promise<Record<string, string>> {
  const { profile } = await client.users.profile.get({ user: id, include_labels: true });
  const fields = record(record(profile)?.fields) ?? {};
  const read: [string, string][] = [];
  for (const [field, raw] of Object.entries(fields).slice(0, MOST_FIELDS)) {
    const entry = record(raw);
    if (typeof entry?.value !== 'string') continue;
    read.push([field, entry.value]);
    if (typeof entry.label === 'string') read.push([entry.label, entry.value]);
  }
  return Object.fromEntries(read);
}

async function readMembers(client: DirectoryClient, channel: string, limit: number): Promise<string[] | null> {
  const members: string[] = [];
  let cursor = '';
  do {
    const page = await client.conversations.members({ channel, limit: PAGE, ...(cursor === '' ? {} : { cursor }) });
    if (page.ok === false || !Array.isArray(page.members)) return null;
    members.push(...page.members);
    if (members.length > limit) return null;
    const next = page.response_metadata?.next_cursor ?? '';
    // A cursor that does not move on would never end.
    if (next === cursor && next !== '') return null;
    cursor = next;
  } while (cursor !== '');
  return members.length === 0 ? null : members;
}

/** Remembers what was found; failures and nulls are asked for again. */
function keptFor<Value>(forMs: number, now: () => number) {
  const kept = new Map<string, { value: Promise<Value | null>; untilMs: number }>();
  return async (key: string, read: () => Promise<Value | null>): Promise<Value | null> => {
    const known = kept.get(key);
    if (known && known.untilMs > now()) return await known.value;
    if (kept.size >= MOST_KEPT) kept.clear();
    const value = read().catch(() => null);
    const entry = { value, untilMs: now() + forMs };
    kept.set(key, entry);
    const found = await value;
    if (found === null && kept.get(key) === entry) kept.delete(key);
    return found;
  };
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
