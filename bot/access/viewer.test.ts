import { describe, expect, it } from 'vitest';
import { readAccess } from './access-file.ts';
import { audienceOf, mayOpenCase } from './case-access.ts';
import type { Ownership } from './ownership.ts';
import { mayRead, rightOf, SEES_EVERYTHING, type SlackPerson, viewerOf } from './viewer.ts';

const ACCESS = readAccess(`
identity: {profileField: Platform user, emailDomains: [example.com]}
users:
  U000000BI: {platform: [bi], groups: [analysts]}
  U0000TEAM: {platform: [], groups: [platform]}
groups: {etl_people: [etl, etl2]}
projects:
  ads: {queues: [ads, ads.*], names: [ad_*], owners: [ads_svc]}
  named: {names: ["ltv_*"]}
rules:
  - {who: everyone, sees: own}
  - {who: {group: analysts}, sees: {queues: [adhoc]}}
  - {who: {group: etl_people}, sees: {projects: [ads]}}
  - {who: {user: carol}, sees: {projects: [named]}}
platformTeam: [platform]
`);
const person = (id: string, more: Partial<SlackPerson> = {}): SlackPerson => ({
  id,
  email: null,
  fields: {},
  isBot: false,
  isForeign: false,
  ...more,
});
const run = (more: Partial<Ownership>): Ownership => ({
  id: 'application_1700000000000_0001',
  names: ['j'],
  user: 'x',
  queue: 'q',
  ...more,
});
const reads = (who: SlackPerson, of: Partial<Ownership>) => mayRead(viewerOf(ACCESS, who), run(of));

describe('who a person is', () => {
  const by = (who: Partial<SlackPerson>) => viewerOf(ACCESS, person('U00000NEW', who)).platformUsers;
  it('by the file before anything that Slack tells', () => {
    expect(viewerOf(ACCESS, person('U000000BI', { email: 'root@example.com' })).platformUsers).toEqual(['bi']);
  });
  it('by a field of the profile, else by an address of an allowed domain', () => {
    expect(by({ fields: { 'Platform user': ' etl ' }, email: 'b@example.com' })).toEqual(['etl']);
    expect(by({ email: 'Etl@EXAMPLE.com' })).toEqual(['etl']);
  });
  it('near misses: another domain, a part of one, a guest, a bot', () => {
    for (const email of ['etl@example.com.evil.org', 'etl@notexample.com', 'etl', 'a@b@example.com'])
      expect(by({ email })).toEqual([]);
    expect(by({ email: 'etl@example.com', isForeign: true })).toEqual([]);
    expect(by({ email: 'etl@example.com', isBot: true })).toEqual([]);
  });
  it('whoever nobody can name reads nothing, not even what has no owner', () => {
    const shown = { ...ACCESS, unknownOwner: 'show' as const };
    expect(mayRead(viewerOf(shown, person('U00000NEW')), run({ user: null, queue: null }))).toBe(false);
    expect(mayRead(viewerOf(shown, person('U000000BI')), run({ user: null, queue: null }))).toBe(true);
  });
});

describe('what a person may read', () => {
  const etl = person('U00000ETL', { email: 'etl@example.com' });
  it('the own runs, and those of granted queues', () => {
    expect(reads(person('U000000BI'), { user: 'bi', queue: 'secret' })).toBe(true);
    expect(reads(person('U000000BI'), { user: 'other', queue: 'root.adhoc' })).toBe(true);
    expect(reads(person('U000000BI'), { user: 'other', queue: 'adhoc2' })).toBe(false);
    expect(reads(person('U000000BI'), { user: 'BI', queue: 'secret' })).toBe(false);
  });
  it('what belongs to a project by queue or owner', () => {
    expect(reads(etl, { queue: 'ads' })).toBe(true);
    expect(reads(etl, { queue: 'root.ads.batch' })).toBe(true);
    expect(reads(etl, { queue: 'adsx' })).toBe(false);
    expect(reads(etl, { user: 'ads_svc' })).toBe(true);
  });
  it('a name counts only for the people of the project, where it lists some', () => {
    expect(reads(etl, { names: ['ad_join'], user: 'stranger' })).toBe(false);
    expect(reads(person('U0000CAROL', { email: 'carol@example.com' }), { names: ['ltv_daily'] })).toBe(true);
    expect(reads(person('U0000CAROL', { email: 'carol@example.com' }), { names: ['my_ltv_daily'] })).toBe(false);
  });
  it('nothing that belongs to nobody, whatever it is called', () => {
    expect(
      reads(person('U0000CAROL', { email: 'carol@example.com' }), { names: ['ltv_daily'], user: null, queue: null }),
    ).toBe(false);
  });
  it('everything as one of the platform team, and without a file', () => {
    expect(reads(person('U0000TEAM'), { user: null, queue: null })).toBe(true);
    expect(mayRead(viewerOf(null, person('U00000NEW')), run({}))).toBe(true);
    expect(rightOf(viewerOf(null, person('U00000NEW')))).toBeUndefined();
  });
  it('survives the way to another process', () => {
    const viewer = viewerOf(ACCESS, person('U000000BI'));
    expect(JSON.parse(JSON.stringify(viewer))).toEqual(viewer);
  });
});

describe('kept cases', () => {
  const bi = viewerOf(ACCESS, person('U000000BI'));
  it('are opened by who may read all that they tell of', () => {
    expect(mayOpenCase(bi, [run({ user: 'bi' }), run({ queue: 'adhoc' })])).toBe(true);
    expect(mayOpenCase(bi, [run({ user: 'bi' }), run({ user: 'etl' })])).toBe(false);
  });
  it('about no run are opened by everybody that the rules know', () => {
    expect(mayOpenCase(bi, [])).toBe(true);
    expect(mayOpenCase(viewerOf(ACCESS, person('U00000NEW')), [])).toBe(false);
    // What was pasted in private is the asker's, and of who sees everything.
    const pasted = { asker: 'U00000NEW', isPrivate: true };
    expect(mayOpenCase(bi, [], pasted)).toBe(false);
    expect(mayOpenCase(viewerOf(ACCESS, person('U00000NEW')), [], pasted)).toBe(true);
    expect(mayOpenCase(SEES_EVERYTHING, [], pasted)).toBe(true);
    expect(mayOpenCase(SEES_EVERYTHING, [], { asker: '', isPrivate: true })).toBe(true);
    expect(mayOpenCase({ ...bi, slackUser: '' }, [], { asker: '', isPrivate: true })).toBe(false);
  });
  it('runbooks are those of the groups', () => {
    expect(audienceOf(bi, ['everyone'])).toEqual(['everyone', 'analysts']);
  });
});
