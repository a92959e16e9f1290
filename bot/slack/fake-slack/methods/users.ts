import { SlackError } from '../slack-error.ts';
import type { FakeUser, World } from '../world.ts';
import { flag, type Method, needed } from './method.ts';

/** A profile; the address only with `users:read.email`. */
function profile(world: World, user: FakeUser, labels: boolean): Record<string, unknown> {
  const fields = Object.fromEntries(
    Object.entries(user.fields).map(([id, { value, alt, label }]) => [
      id,
      labels ? { value, alt, label } : { value, alt },
    ]),
  );
  return {
    real_name: user.realName,
    display_name: user.name,
    real_name_normalized: user.realName,
    display_name_normalized: user.name,
    fields,
    ...(user.email !== null && world.options.scopes.includes('users:read.email') ? { email: user.email } : {}),
  };
}

function wireUser(world: World, user: FakeUser): Record<string, unknown> {
  const { fields: _, ...shown } = profile(world, user, false);
  return {
    id: user.id,
    team_id: world.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    is_bot: user.isBot,
    is_app_user: false,
    tz: user.timeZone,
    locale: user.locale,
    profile: shown,
  };
}

function userOf(world: World, id: string): FakeUser {
  const user = world.users.get(id);
  if (!user) throw new SlackError('user_not_found');
  return user;
}

/** People: docs.slack.dev/reference/methods/users.*. */
export const USER_METHODS: readonly Method[] = [
  {
    name: 'users.info',
    token: 'bot',
    scopes: ['users:read'],
    tier: 4,
    run({ world, args }) {
      const user = wireUser(world, userOf(world, needed(args, 'user', 'user_not_found')));
      if (!flag(args, 'include_locale')) delete user.locale;
      return { user };
    },
  },
  {
    name: 'users.profile.get',
    token: 'bot',
    scopes: ['users.profile:read'],
    tier: 4,
    run: ({ world, args }) => ({
      profile: profile(world, userOf(world, needed(args, 'user', 'user_not_found')), flag(args, 'include_labels')),
    }),
  },
  {
    name: 'users.lookupByEmail',
    token: 'bot',
    scopes: ['users:read.email'],
    tier: 3,
    run({ world, args }) {
      const email = needed(args, 'email').toLowerCase();
      const user = [...world.users.values()].find((one) => one.email?.toLowerCase() === email && !one.deleted);
      if (!user) throw new SlackError('users_not_found');
      return { user: wireUser(world, user) };
    },
  },
];
