import { openDirect } from '../open-direct.ts';
import { SlackError } from '../slack-error.ts';
import { type FakeChannel, type FakeMessage, findMessage, type World } from '../world.ts';
import { type MethodCall, text } from './method.ts';

/**
 * The channel a call names. To the bot a private one where it is no member does not exist; a user id stands for the direct conversation.
 *
 * @throws SlackError `channel_not_found`
 */
export function channelOf(world: World, args: MethodCall['args'], field = 'channel'): FakeChannel {
  const id = text(args, field);
  const channel = world.users.has(id) ? openDirect(world, [id]) : world.channels.get(id);
  if (!channel) throw new SlackError('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.includes(world.bot.userId))
    throw new SlackError('channel_not_found');
  return channel;
}

/** A channel the bot may write to. */
export function writableChannel(world: World, args: MethodCall['args'], field = 'channel'): FakeChannel {
  const channel = channelOf(world, args, field);
  if (channel.archived) throw new SlackError('is_archived');
  if (!channel.members.includes(world.bot.userId)) throw new SlackError('not_in_channel');
  return channel;
}

/** The root of the thread that a call names; null where it names none. Ephemeral messages and replies are no roots. */
export function threadOf(world: World, channel: FakeChannel, args: MethodCall['args']): string | null {
  const ts = text(args, 'thread_ts');
  if (ts === '') return null;
  const message = findMessage(world, channel.id, ts);
  if (!message || message.ephemeralTo !== undefined) throw new SlackError('thread_not_found');
  return message.thread_ts ?? message.ts;
}

/** A message that a call names by `ts`. */
export function messageOf(world: World, channel: FakeChannel, ts: string): FakeMessage {
  const message = findMessage(world, channel.id, ts);
  if (!message || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  return message;
}
