import { type FakeChannel, mintId, type World } from './world.ts';

/** The direct conversation of the bot with a person, if there is one. */
function directChannel(world: World, user: string): FakeChannel | undefined {
  return [...world.channels.values()].find((one) => one.kind === 'im' && one.members.includes(user));
}

/** Opens the direct conversation with people, or finds it. */
export function openDirect(world: World, users: readonly string[]): FakeChannel {
  const held =
    users.length === 1
      ? directChannel(world, users[0] ?? '')
      : [...world.channels.values()].find(
          (one) =>
            one.kind === 'mpim' &&
            one.members.length === users.length + 1 &&
            users.every((user) => one.members.includes(user)),
        );
  if (held) return held;
  const channel: FakeChannel = {
    id: mintId(world, users.length === 1 ? 'D' : 'G'),
    name: users.length === 1 ? '' : `mpdm-${users.join('--')}-1`,
    kind: users.length === 1 ? 'im' : 'mpim',
    members: [...users, world.bot.userId],
    archived: false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
