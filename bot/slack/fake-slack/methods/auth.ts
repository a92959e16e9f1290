import type { Method } from './method.ts';

/** `auth.test` and the opening of a socket. The address of the socket is put in by whoever holds the sockets. */
export const AUTH_METHODS: readonly Method[] = [
  {
    name: 'auth.test',
    token: 'bot',
    scopes: [],
    tier: 'special',
    run: ({ world }) => ({
      url: `https://${world.team.domain}.slack.com/`,
      team: world.team.name,
      team_id: world.team.id,
      user: world.bot.name,
      user_id: world.bot.userId,
      bot_id: world.bot.id,
      is_enterprise_install: false,
    }),
  },
  {
    name: 'apps.connections.open',
    token: 'app',
    scopes: [],
    tier: 1,
    run: ({ world, deliveries }) => ({
      url: `${world.origin.replace('http', 'ws')}/link/?ticket=${deliveries.ticket()}&app_id=${world.app.id}`,
    }),
  },
];
