import { SlackError } from '../slack-error.ts';
import { channelOf, messageOf } from './channel-of.ts';
import { type Method, needed } from './method.ts';

/** Reactions: docs.slack.dev/reference/methods/reactions.add, reactions.remove. */
export const REACTION_METHODS: readonly Method[] = [
  {
    name: 'reactions.add',
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 3,
    run({ world, args }) {
      const message = messageOf(world, channelOf(world, args), needed(args, 'timestamp', 'no_item_specified'));
      const name = needed(args, 'name', 'invalid_name');
      if (!/^[a-z0-9_+:'-]{1,100}$/.test(name)) throw new SlackError('invalid_name');
      message.reactions ??= [];
      const held = message.reactions.find((one) => one.name === name);
      if (held?.users.includes(world.bot.userId)) throw new SlackError('already_reacted');
      if (held) held.users.push(world.bot.userId);
      else message.reactions.push({ name, users: [world.bot.userId] });
      return {};
    },
  },
  {
    name: 'reactions.remove',
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 2,
    run({ world, args }) {
      const message = messageOf(world, channelOf(world, args), needed(args, 'timestamp', 'no_item_specified'));
      const held = message.reactions?.find((one) => one.name === needed(args, 'name', 'invalid_name'));
      if (!held?.users.includes(world.bot.userId)) throw new SlackError('no_reaction');
      held.users = held.users.filter((one) => one !== world.bot.userId);
      message.reactions = message.reactions?.filter((one) => one.users.length > 0);
      return {};
    },
  },
];
