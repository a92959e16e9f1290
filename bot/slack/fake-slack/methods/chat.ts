import { announceChange } from '../events.ts';
import { checkMessage } from '../limits/check-message.ts';
import { LIMITS } from '../limits/limits.ts';
import { byBot, post } from '../post.ts';
import { SlackError } from '../slack-error.ts';
import { wireMessage } from '../wire-message.ts';
import { mintTs } from '../world.ts';
import { channelOf, messageOf, threadOf, writableChannel } from './channel-of.ts';
import { json, type Method, needed, text } from './method.ts';

/** Messages: docs.slack.dev/reference/methods/chat.*. */
export const CHAT_METHODS: readonly Method[] = [
  {
    name: 'chat.postMessage',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 'special',
    run({ world, args, deliveries }) {
      const channel = writableChannel(world, args);
      const checked = checkMessage(world, args);
      const thread = threadOf(world, channel, args);
      const { message } = post(world, deliveries, {
        ...byBot(world),
        ...checked,
        channel: channel.id,
        ...(thread === null ? {} : { thread_ts: thread }),
      });
      if (thread !== null) world.statuses.delete(`${channel.id}/${thread}`);
      return { channel: channel.id, ts: message.ts, message: wireMessage(world, message, true) };
    },
  },
  {
    name: 'chat.update',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 3,
    run({ world, args, deliveries }) {
      const channel = channelOf(world, args);
      const message = messageOf(world, channel, needed(args, 'ts'));
      if (message.bot_id !== world.bot.id) throw new SlackError('cant_update_message');
      if (message.stream?.open) throw new SlackError('streaming_state_conflict');
      const before = wireMessage(world, message, false);
      const checked = checkMessage(world, args, LIMITS.updateText.most);
      const withText = text(args, 'text') !== '' || text(args, 'markdown_text') !== '';
      if (withText) message.text = checked.text;
      // Text alone takes blocks away; blocks alone leave the text.
      if (checked.blocks || withText) message.blocks = checked.blocks;
      if (checked.attachments) message.attachments = checked.attachments;
      if (checked.metadata) message.metadata = checked.metadata;
      message.edits += 1;
      message.edited = { user: world.bot.userId, ts: mintTs(world) };
      announceChange(world, deliveries, message, before, false);
      return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(world, message, true) };
    },
  },
  {
    name: 'chat.delete',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 3,
    run({ world, args, deliveries }) {
      const channel = channelOf(world, args);
      const message = messageOf(world, channel, needed(args, 'ts'));
      if (message.bot_id !== world.bot.id || message.stream?.open) throw new SlackError('cant_delete_message');
      const list = world.messages.get(channel.id) ?? [];
      list.splice(list.indexOf(message), 1);
      announceChange(world, deliveries, message, wireMessage(world, message, false), true);
      return { channel: channel.id, ts: message.ts };
    },
  },
  {
    name: 'chat.postEphemeral',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 4,
    run({ world, args, deliveries }) {
      const channel = writableChannel(world, args);
      const user = needed(args, 'user');
      if (!channel.members.includes(user)) throw new SlackError('user_not_in_channel');
      const { metadata: _, ...checked } = checkMessage(world, args, LIMITS.ephemeralText.most);
      const thread = threadOf(world, channel, args);
      const { message } = post(world, deliveries, {
        ...byBot(world),
        ...checked,
        channel: channel.id,
        ephemeralTo: user,
        ...(thread === null ? {} : { thread_ts: thread }),
      });
      return { message_ts: message.ts };
    },
  },
  {
    name: 'chat.getPermalink',
    token: 'bot',
    scopes: [],
    tier: 'special',
    run({ world, args }) {
      const channel = channelOf(world, args);
      const message = messageOf(world, channel, needed(args, 'message_ts'));
      const root = message.thread_ts ?? message.ts;
      const base = `https://${world.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
      return {
        channel: channel.id,
        permalink: root === message.ts ? base : `${base}?thread_ts=${root}&cid=${channel.id}`,
      };
    },
  },
  {
    name: 'chat.unfurl',
    token: 'bot',
    scopes: ['links:write'],
    tier: 3,
    run({ args }) {
      json(args, 'unfurls', 'cannot_parse_attachment');
      return {};
    },
  },
];
