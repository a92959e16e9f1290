import { expect, it } from 'vitest';
import { readAccess } from './access-file.ts';
import { answerVenue, MOST_MEMBERS, rememberVenues } from './audience.ts';
import type { Ownership } from './ownership.ts';
import type { SlackDirectory } from './slack-directory.ts';

const ACCESS = readAccess(`
users:
  U0000000BI: {platform: [bi], groups: []}
  U000000BI2: {platform: [bi2], groups: [analysts]}
  U000000ETL: {platform: [etl], groups: []}
projects: {ltv: {queues: [adhoc]}}
rules: [{who: everyone, sees: own}, {who: {group: analysts}, sees: {queues: [adhoc]}}]
channels: {C0000SAFE: {safeFor: {queues: [], projects: [ltv]}}}
`);
const RUN: Ownership = { id: 'application_1700000000000_0001', names: ['ltv'], user: 'bi', queue: 'adhoc' };
const people: SlackDirectory['user'] = async (id) =>
  id === 'U00000GONE' ? null : { id, email: null, fields: {}, isBot: id.startsWith('UBOT'), isForeign: false };
const channelOf = (members: readonly string[] | null, asked: { times: number } = { times: 0 }): SlackDirectory => ({
  user: people,
  members: async () => {
    asked.times += 1;
    return members;
  },
});
const venue = (members: readonly string[] | null, more: Partial<Parameters<typeof answerVenue>[0]> = {}) =>
  answerVenue({
    access: ACCESS,
    directory: channelOf(members),
    channel: 'C00000001',
    isDirect: false,
    asker: 'U0000000BI',
    about: [RUN],
    ...more,
  });

it('is the thread where everybody may read it; bots do not count', async () => {
  expect(await venue(['U0000000BI', 'U000000BI2', 'UBOT00001'])).toBe('thread');
});
it('is the asker alone where one may not, cannot be found out, or the channel cannot be listed', async () => {
  expect(await venue(['U0000000BI', 'U000000ETL'])).toBe('ephemeral');
  expect(await venue(['U0000000BI', 'U00000GONE'])).toBe('ephemeral');
  expect(await venue(['U0000000BI', 'U000000ETL'], { wants: 'direct' })).toBe('direct');
  expect(await venue(null)).toBe('ephemeral');
});
it('is the thread in a channel that is declared safe, and only for what it is declared for', async () => {
  expect(await venue(null, { channel: 'C0000SAFE' })).toBe('thread');
  expect(await venue(null, { channel: 'C0000SAFE', about: [RUN, { ...RUN, queue: 'etl' }] })).toBe('ephemeral');
});
it('asks for nobody where there are no rules, no runs, or no other readers', async () => {
  const asked = { times: 0 };
  const directory = channelOf(null, asked);
  expect(await venue(null, { directory, access: null })).toBe('thread');
  expect(await venue(null, { directory, about: [] })).toBe('thread');
  expect(await venue(null, { directory, isDirect: true })).toBe('thread');
  expect(asked.times).toBe(0);
});
it('is remembered for a minute, for these runs and these rules', async () => {
  let now = 0;
  const asked = { times: 0 };
  const remembered = rememberVenues(() => now);
  const question = {
    access: ACCESS,
    directory: channelOf(['U0000000BI'], asked),
    channel: 'C1',
    isDirect: false,
    asker: 'U0000000BI',
    about: [RUN],
  };
  await remembered(question);
  await remembered(question);
  expect(asked.times).toBe(1);
  await remembered({ ...question, access: { ...ACCESS, version: 'next' } });
  await remembered({ ...question, about: [{ ...RUN, user: 'etl' }] });
  expect(asked.times).toBe(3);
  now = 60_001;
  await remembered(question);
  expect(asked.times).toBe(4);
  expect(MOST_MEMBERS).toBe(200);
});
