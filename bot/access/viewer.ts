import type { Access, ChannelRule } from './access-file.ts';
import { fitsPattern } from './fits-pattern.ts';
import type { Ownership } from './ownership.ts';

/** What some runs have in common: each list that is there must fit; `owners` are platform users. */
export interface Grant {
  queues: readonly string[];
  names: readonly string[];
  owners: readonly string[];
}

/** What one person may read: plain JSON, so that it can cross to the process that answers. */
export interface Viewer {
  /** `U…`; empty where nobody in particular asks. */
  slackUser: string;
  /** Platform users that the person is; empty: nobody known, who may read nothing but help and how-to. */
  platformUsers: readonly string[];
  groups: readonly string[];
  /** Also whose the neighbours are. */
  everything: boolean;
  own: boolean;
  /** Any one that fits is enough. */
  grants: readonly Grant[];
  unknownOwner: 'hide' | 'show';
  /** Of the rules that this was made by. */
  rulesVersion: string;
}

/** A person as Slack knows them. */
export interface SlackPerson {
  id: string;
  /** As verified by Slack; null: not told. */
  email: string | null;
  /** Fields of the profile by id and by label. */
  fields: Readonly<Record<string, string>>;
  isBot: boolean;
  /** Of another workspace or a guest: no identity by e-mail or profile, only by the file. */
  isForeign: boolean;
}

/** As it was before there were rules: everything may be seen. */
export const SEES_EVERYTHING: Viewer = {
  slackUser: '',
  platformUsers: [],
  groups: [],
  everything: true,
  own: true,
  grants: [],
  unknownOwner: 'show',
  rulesVersion: '',
};

/** What a person may read by the rules; without rules (null) everything. A person nobody can name may read nothing. */
export function viewerOf(access: Access | null, person: SlackPerson): Viewer {
  if (access === null) return { ...SEES_EVERYTHING, slackUser: person.id };
  const listed = access.users[person.id];
  const platformUsers = unique(person.isBot ? [] : [...(listed?.platform ?? []), ...claimed(access, person)]);
  const groups = unique([
    ...(listed?.groups ?? []),
    ...Object.entries(access.groups)
      .filter(([, members]) => members.some((name) => platformUsers.includes(name)))
      .map(([name]) => name),
  ]);
  const viewer: Viewer = {
    slackUser: person.id,
    platformUsers,
    groups,
    everything: false,
    own: false,
    grants: [],
    unknownOwner: access.unknownOwner,
    rulesVersion: access.version,
  };
  if (platformUsers.length === 0 && groups.length === 0) return { ...viewer, unknownOwner: 'hide' };
  const sees = access.rules.filter(({ who }) => isMeant(who, viewer, access)).map((rule) => rule.sees);
  return {
    ...viewer,
    everything: sees.includes('everything') || access.platformTeam.some((name) => groups.includes(name)),
    own: sees.some((granted) => granted === 'own' || (typeof granted === 'object' && granted.own === true)),
    grants: sees.flatMap((granted) => (typeof granted === 'object' ? grantsOf(granted, access) : [])),
  };
}

/** Whether a viewer may read a run of such ownership. */
export function mayRead(viewer: Viewer, run: Ownership): boolean {
  if (viewer.everything) return true;
  if (run.user !== null && run.user !== '' && viewer.own && viewer.platformUsers.includes(run.user)) return true;
  if (isOfUnknownOwner(run)) return viewer.unknownOwner === 'show';
  return viewer.grants.some((grant) => fits(grant, run));
}

/** The question for an investigation (`InvestigationRequest.mayRead`); undefined where everything may be read: nothing need be looked at. */
export function rightOf(viewer: Viewer): ((run: Ownership) => boolean) | undefined {
  return viewer.everything ? undefined : (run) => mayRead(viewer, run);
}

/** Neither a user nor a queue is known: a name alone says nothing about whose it is. */
function isOfUnknownOwner({ user, queue }: Ownership): boolean {
  return (user === null || user === '') && (queue === null || queue === '');
}

/** What one project or list of queues grants; parts of a project are each enough. */
function grantsOf(
  granted: { queues?: string[] | undefined; projects?: string[] | undefined },
  access: Access,
): Grant[] {
  const none = { queues: [], names: [], owners: [] };
  return [
    ...(granted.queues ?? []).map((queue) => ({ ...none, queues: [queue] })),
    ...(granted.projects ?? []).flatMap((name) => {
      const { queues = [], names = [], owners = [] } = access.projects[name] ?? {};
      return [
        ...queues.map((queue) => ({ ...none, queues: [queue] })),
        ...owners.map((owner) => ({ ...none, owners: [owner] })),
        // Anybody can give a run any name, so a name counts only for what the project's people run, where it lists people.
        ...names.map((pattern) => ({ ...none, names: [pattern], owners })),
      ];
    }),
  ];
}

/** Used for what viewers and channels are granted alike. */
export function fits({ queues, names, owners }: Grant, run: Ownership): boolean {
  if (queues.length + names.length + owners.length === 0) return false;
  return (
    (queues.length === 0 || (run.queue !== null && queues.some((queue) => fitsQueue(queue, run.queue as string)))) &&
    (names.length === 0 ||
      (run.names.length > 0 && names.some((name) => run.names.some((own) => fitsPattern(name, own))))) &&
    (owners.length === 0 || (run.user !== null && owners.includes(run.user)))
  );
}

/** Grants of queues and projects, for channels that are declared safe for them. */
export function channelGrants(rule: ChannelRule, access: Access): Grant[] {
  return grantsOf(rule, access);
}

/** `root.ads` and `ads` are one queue; a pattern of the parent's path does not take in its children unless it says so. */
function fitsQueue(pattern: string, queue: string): boolean {
  const plain = (name: string) => name.replace(/^root\./, '');
  return fitsPattern(plain(pattern), plain(queue));
}

type Who = Access['rules'][number]['who'];

function isMeant(who: Who, { platformUsers, groups }: Viewer, access: Access): boolean {
  if (who === 'everyone') return true;
  if ('user' in who) return platformUsers.includes(who.user);
  if ('group' in who) return groups.includes(who.group);
  return (access.projects[who.ownersOf]?.owners ?? []).some((owner) => platformUsers.includes(owner));
}

/** Identity by the profile or the e-mail; nobody of another workspace has one. */
function claimed({ identity, users }: Access, { id, email, fields, isForeign }: SlackPerson): string[] {
  if (isForeign || Object.hasOwn(users, id)) return [];
  const field = identity.profileField === undefined ? undefined : fields[identity.profileField]?.trim();
  const [, local = '', domain = ''] = /^([^@\s]{1,100})@([^@\s]{1,250})$/.exec(email ?? '') ?? [];
  const mayName = identity.emailDomains.some((allowed) => allowed.toLowerCase() === domain.toLowerCase());
  return [...(field ? [field] : []), ...(mayName && local !== '' && !field ? [local.toLowerCase()] : [])];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
