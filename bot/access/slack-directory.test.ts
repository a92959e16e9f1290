import { expect, it } from 'vitest';
import { type DirectoryClient, slackDirectory } from './slack-directory.ts';

/** Answers in the form of Slack's `users.info`, `users.profile.get` and `conversations.members` (docs.slack.dev). */
function client(more: Partial<{ user: object; pages: string[][]; fail: boolean }> = {}) {
  const asked = { info: 0, members: 0 };
  const double: DirectoryClient = {
    users: {
      info: async ({ user }) => {
        asked.info += 1;
        if (more.fail) throw new Error('user_not_found');
        return {
          ok: true,
          user: { id: user, profile: { email: 'bi@example.com' }, is_email_confirmed: true, ...more.user },
        };
      },
      profile: {
        get: async () => ({
          ok: true,
          profile: { fields: { Xf0001: { value: 'bi', label: 'Platform user', alt: '' } } },
        }),
      },
    },
    conversations: {
      members: async ({ cursor }) => {
        asked.members += 1;
        const at = Number(cursor ?? 0);
        const pages = more.pages ?? [['U1']];
        return {
          ok: true,
          members: pages[at] ?? [],
          response_metadata: { next_cursor: at + 1 < pages.length ? String(at + 1) : '' },
        };
      },
    },
  };
  return { double, asked };
}

it('knows a person by address and by fields, and remembers for five minutes', async () => {
  let now = 0;
  const { double, asked } = client();
  const directory = slackDirectory(double, true, () => now);
  expect(await directory.user('U1')).toEqual({
    id: 'U1',
    email: 'bi@example.com',
    fields: { Xf0001: 'bi', 'Platform user': 'bi' },
    isBot: false,
    isForeign: false,
  });
  await directory.user('U1');
  expect(asked.info).toBe(1);
  now = 5 * 60_000 + 1;
  await directory.user('U1');
  expect(asked.info).toBe(2);
});
it('gives nobody an identity who is gone, another, unconfirmed or a guest', async () => {
  const one = async (user: object) => await slackDirectory(client({ user }).double, false).user('U1');
  expect(await one({ deleted: true })).toBeNull();
  expect(await one({ id: 'U2' })).toBeNull();
  expect((await one({ is_email_confirmed: false }))?.email).toBeNull();
  expect((await one({ is_ultra_restricted: true }))?.isForeign).toBe(true);
  expect((await one({ is_bot: true }))?.isBot).toBe(true);
});
it('takes a failure for nobody, and asks again', async () => {
  const { double, asked } = client({ fail: true });
  const directory = slackDirectory(double, false);
  expect(await directory.user('U1')).toBeNull();
  expect(await directory.user('U1')).toBeNull();
  expect(asked.info).toBe(2);
});
it('lists members over pages, and gives up beyond the limit', async () => {
  const { double } = client({ pages: [['U1', 'U2'], ['U3']] });
  expect(await slackDirectory(double, false).members('C1', 3)).toEqual(['U1', 'U2', 'U3']);
  expect(await slackDirectory(double, false).members('C1', 2)).toBeNull();
});
