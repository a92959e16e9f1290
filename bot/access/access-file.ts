import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** A file beyond this is not one that people keep by hand. */
const MAX_BYTES = 4 << 20;

const word = z.string().trim().min(1).max(200);
const words = z.array(word).max(2_000).default([]);
/** Letters, digits and the like; `*` stands for any part of a name. */
const pattern = word.max(120);
const slackUser = z.string().regex(/^[UW][A-Z0-9]{2,20}$/, 'a Slack user id such as U012ABCDEF');

const user = z.strictObject({
  /** Users of the platform that this person is. */
  platform: words,
  groups: words,
});

const identity = z.strictObject({
  /** A field of the Slack profile (its id `Xf…` or its label) that holds the platform user; set only by administrators. */
  profileField: word.optional(),
  /** The local part of the e-mail address is the platform user, for addresses of these domains. */
  emailDomains: z.array(z.string().regex(/^[A-Za-z0-9.-]{1,250}$/, 'a domain such as example.com')).default([]),
});

const project = z.strictObject({
  queues: z.array(pattern).default([]),
  names: z.array(pattern).default([]),
  owners: words,
});

const sees = z.union([
  z.literal('own'),
  z.literal('everything'),
  z
    .strictObject({
      own: z.literal(true).optional(),
      queues: z.array(pattern).optional(),
      projects: z.array(word).max(2_000).optional(),
    })
    .refine((value) => Object.keys(value).length > 0, 'name own, queues or projects'),
]);

const rule = z.strictObject({
  who: z.union([
    z.literal('everyone'),
    z.strictObject({ user: word }),
    z.strictObject({ group: word }),
    /** Owners of a project as the project lists them. */
    z.strictObject({ ownersOf: word }),
  ]),
  sees,
});

const channel = z.strictObject({ safeFor: z.strictObject({ queues: z.array(pattern).default([]), projects: words }) });

const ACCESS = z.strictObject({
  identity: identity.default({ emailDomains: [] }),
  users: z.record(slackUser, user).default({}),
  /** Platform users of each group. */
  groups: z.record(word, words).default({}),
  projects: z.record(word, project).default({}),
  rules: z.array(rule).max(2_000).default([]),
  /** What is not known to belong to anybody, such as a log alone. */
  unknownOwner: z.enum(['hide', 'show']).default('hide'),
  /** Channels whose members may all read runs of these queues or projects. */
  channels: z.record(z.string().regex(/^[CG][A-Z0-9]{2,20}$/, 'a channel id such as C012ABCDEF'), channel).default({}),
  /** Groups whose members see everything, also whose the neighbours are. */
  platformTeam: words,
});

/** The rules of who may see what, as the file has them, with a version that changes with every change of the file. */
export type Access = z.infer<typeof ACCESS> & { version: string };
/** Declares a channel safe for some queues or projects. */
export type ChannelRule = z.infer<typeof channel>['safeFor'];

/**
 * Reads the access file.
 *
 * @throws Error naming all mistakes at once
 */
export async function readAccessFile(path: string): Promise<Access> {
  const text = await readFile(path, 'utf8');
  return readAccess(text);
}

/**
 * The same of its text (YAML).
 *
 * @throws Error naming all mistakes at once
 */
export function readAccess(text: string): Access {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new Error('access file: longer than 4 MB');
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 50 }) ?? {};
  } catch (error) {
    throw new Error(`access file: no YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = ACCESS.safeParse(raw);
  const mistakes = read.success
    ? unknownNames(read.data)
    : read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  if (!read.success || mistakes.length > 0) throw new Error(`access file: ${mistakes.join('; ')}`);
  return { ...read.data, version: createHash('sha256').update(text).digest('hex').slice(0, 16) };
}

/** Names that something refers to and nothing defines: a rule that grants nothing is a mistake of writing. */
function unknownNames({ groups, projects, rules, users, channels, platformTeam }: z.infer<typeof ACCESS>): string[] {
  const known = new Set([...Object.keys(groups), ...Object.values(users).flatMap((entry) => entry.groups)]);
  const project = (name: string, where: string) =>
    Object.hasOwn(projects, name) ? [] : [`${where}: no project ${name} is defined`];
  const group = (name: string, where: string) => (known.has(name) ? [] : [`${where}: no group ${name} is defined`]);
  return [
    ...rules.flatMap(({ who, sees: granted }, at) => [
      ...(typeof who === 'object' && 'group' in who ? group(who.group, `rules.${at}.who`) : []),
      ...(typeof who === 'object' && 'ownersOf' in who ? project(who.ownersOf, `rules.${at}.who`) : []),
      ...(typeof granted === 'object'
        ? (granted.projects ?? []).flatMap((name) => project(name, `rules.${at}.sees`))
        : []),
    ]),
    ...Object.entries(channels).flatMap(([id, { safeFor }]) =>
      safeFor.projects.flatMap((name) => project(name, `channels.${id}`)),
    ),
    ...platformTeam.flatMap((name) => group(name, 'platformTeam')),
  ];
}
