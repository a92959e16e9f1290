import { describe, expect, it } from 'vitest';
import { readAccess } from '../access/access-file.ts';
import type { Ownership } from '../access/ownership.ts';
import type { SlackDirectory } from '../access/slack-directory.ts';
import { mayRead } from '../access/viewer.ts';
import { slackRights } from './slack-rights.ts';

const ACCESS = readAccess(`
identity: {emailDomains: [example.com]}
users: {U00000LIST: {platform: [etl], groups: []}}
rules: [{who: everyone, sees: own}]
`);
const OF_BI: Ownership = { id: 'application_1700000000000_0001', names: ['ltv'], user: 'bi', queue: 'adhoc' };
const OF_ETL: Ownership = { ...OF_BI, id: 'application_1700000000000_0002', user: 'etl' };
const PLACE = { team: 'T1', channel: 'C00000001', threadTs: '1700000000.000100' };

/** A workspace of people by their e-mail address; whoever is not in it cannot be found out. */
function workspace(emails: Readonly<Record<string, string>>, members: readonly string[] | null = null) {
  const asked: string[] = [];
  const directory: SlackDirectory = {
    async user(id) {
      asked.push(id);
      const email = emails[id];
      return email === undefined ? null : { id, email, fields: {}, isBot: false, isForeign: false };
    },
    members: async () => members,
  };
  return { asked, directory };
}

describe('rights without an access file', () => {
  it('let everybody see everything, and ask Slack for nobody', async () => {
    const { asked, directory } = workspace({});
    const rights = slackRights(null, directory);
    const viewer = await rights.viewer('T1', 'U00000ANNA');
    expect([rights.limited, viewer.slackUser, mayRead(viewer, OF_BI)]).toEqual([false, 'U00000ANNA', true]);
    expect(await rights.venue(PLACE, 'U00000ANNA', [OF_BI])).toBe('thread');
    expect(asked).toEqual([]);
  });
});

describe('rights by an access file', () => {
  const people = { U00000ANNA: 'bi@example.com', U00000LIST: 'who@elsewhere.example' };

  it('are those of the platform user that Slack says a person is', async () => {
    const rights = slackRights(ACCESS, workspace(people).directory);
    const anna = await rights.viewer('T1', 'U00000ANNA');
    expect([rights.limited, mayRead(anna, OF_BI), mayRead(anna, OF_ETL)]).toEqual([true, true, false]);
  });

  it('of somebody of whom Slack tells nothing are only what the file says of the id', async () => {
    const rights = slackRights(ACCESS, workspace({}).directory);
    const listed = await rights.viewer('T1', 'U00000LIST');
    expect([mayRead(listed, OF_ETL), mayRead(listed, OF_BI)]).toEqual([true, false]);
    const nobody = await rights.viewer('T1', 'U00000ANNA');
    expect([nobody.platformUsers, mayRead(nobody, OF_BI)]).toEqual([[], false]);
  });

  it('keep an answer from a channel in which somebody may not read it, and not from a direct message', async () => {
    const everybody = ['U00000ANNA', 'U00000LIST'];
    const rights = slackRights(ACCESS, workspace(people, everybody).directory);
    expect(await rights.venue(PLACE, 'U00000ANNA', [OF_BI])).toBe('ephemeral');
    expect(await rights.venue({ ...PLACE, channel: 'D00000001' }, 'U00000ANNA', [OF_BI])).toBe('thread');
    const alone = slackRights(ACCESS, workspace(people, ['U00000ANNA']).directory);
    expect(await alone.venue(PLACE, 'U00000ANNA', [OF_BI])).toBe('thread');
  });
});
