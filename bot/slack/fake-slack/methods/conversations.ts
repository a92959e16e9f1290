import { openDirect } from '../open-direct.ts';
import { SlackError } from '../slack-error.ts';
import { wireMessage } from '../wire-message.ts';
import type { FakeChannel, FakeMessage, World } from '../world.ts';
import { channelOf, messageOf } from './channel-of.ts';
import { flag, type Method, type MethodCall, needed, text } from './method.ts';
import { page } from './paging.ts';

const HISTORY = [['channels:history', 'groups:history', 'im:history', 'mpim:history']] as const;
const READ = [['channels:read', 'groups:read', 'im:read', 'mpim:read']] as const;

/** The scope of a method for this kind of channel (`channels:history`, `im:read` …). */
function needScope(world: World, channel: FakeChannel, verb: 'history' | 'read'): void {
  const family = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' }[channel.kind];
  if (world.options.scopes.includes(`${family}:${verb}`)) return;
  throw new SlackError('missing_scope', { needed: `${family}:${verb}`, provided: world.options.scopes.join(',') });
}

function readable(world: World, args: MethodCall['args']): FakeChannel {
  const channel = channelOf(world, args);
  needScope(world, channel, 'history');
  if (!channel.members.includes(world.bot.userId)) throw new SlackError('not_in_channel');
  return channel;
}

/** Messages between `oldest` and `latest`; the ends themselves only with `inclusive`. Ephemeral ones are read by nobody. */
function within(messages: readonly FakeMessage[], args: MethodCall['args']): FakeMessage[] {
  const oldest = text(args, 'oldest');
  const latest = text(args, 'latest');
  const inclusive = flag(args, 'inclusive');
  return messages.filter(
    ({ ts, ephemeralTo }) =>
      ephemeralTo === undefined &&
      (oldest === '' || Number(ts) > Number(oldest) || (inclusive && ts === oldest)) &&
      (latest === '' || Number(ts) < Number(latest) || (inclusive && ts === latest)),
  );
}

function wireChannel(world: World, channel: FakeChannel): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.members.includes(world.bot.userId),
    is_ext_shared: false,
    is_shared: false,
    context_team_id: world.team.id,
    ...(channel.kind === 'im' ? { user: channel.members.find((one) => one !== world.bot.userId) } : {}),
  };
}

/** One page of messages; their metadata only where it is asked for. */
function messagesPage(
  world: World,
  args: MethodCall['args'],
  { items, hasMore, response_metadata }: ReturnType<typeof page<FakeMessage>>,
) {
  const withMetadata = flag(args, 'include_all_metadata');
  return { messages: items.map((one) => wireMessage(world, one, withMetadata)), has_more: hasMore, response_metadata };
}

/** Conversations: docs.slack.dev/reference/methods/conversations.*. */
export const CONVERSATION_METHODS: readonly Method[] = [
  {
    name: 'conversations.replies',
    token: 'bot',
    scopes: HISTORY,
    tier: 3,
    run({ world, args }) {
      const channel = readable(world, args);
      const ts = needed(args, 'ts');
      let root: FakeMessage;
      try {
        root = messageOf(world, channel, ts);
      } catch {
        throw new SlackError('thread_not_found');
      }
      const thread = root.thread_ts ?? root.ts;
      const all = world.messages.get(channel.id) ?? [];
      // The root always comes first, whatever the bounds.
      const replies = within(
        all.filter((one) => one.thread_ts === thread && one.ts !== thread),
        args,
      );
      const first = all.filter((one) => one.ts === thread);
      return messagesPage(world, args, page([...first, ...replies], args, 1000, 1000));
    },
  },
  {
    name: 'conversations.history',
    token: 'bot',
    scopes: HISTORY,
    tier: 3,
    run({ world, args }) {
      const channel = readable(world, args);
      const roots = within(world.messages.get(channel.id) ?? [], args).filter(
        (one) => one.thread_ts === undefined || one.thread_ts === one.ts || one.subtype === 'thread_broadcast',
      );
      return messagesPage(world, args, page(roots.reverse(), args, 100, 999));
    },
  },
  {
    name: 'conversations.open',
    token: 'bot',
    scopes: [['im:write', 'mpim:write', 'channels:manage', 'groups:write']],
    tier: 3,
    run({ world, args }) {
      const users = needed(args, 'users', 'users_list_not_supplied').split(',');
      for (const user of users) if (!world.users.has(user)) throw new SlackError('user_not_found');
      return { channel: { id: openDirect(world, users).id } };
    },
  },
  {
    name: 'conversations.info',
    token: 'bot',
    scopes: READ,
    tier: 3,
    run({ world, args }) {
      const channel = channelOf(world, args);
      needScope(world, channel, 'read');
      return { channel: wireChannel(world, channel) };
    },
  },
  {
    name: 'conversations.members',
    token: 'bot',
    scopes: READ,
    tier: 4,
    run({ world, args }) {
      const channel = channelOf(world, args);
      needScope(world, channel, 'read');
      const { items, response_metadata } = page(channel.members, args, 100, 1000);
      return { members: items, response_metadata };
    },
  },
];
