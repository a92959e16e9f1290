import type { Deliveries, Delivery } from './wire/deliveries.ts';
import { wireMessage } from './wire-message.ts';
import { type FakeChannel, type FakeMessage, mintId, type World } from './world.ts';

/** Sends one event in Slack's wrapper; null when the application is not subscribed to it. */
export function sendEvent(
  world: World,
  deliveries: Deliveries,
  subscription: string,
  event: Record<string, unknown>,
): Promise<Delivery> | null {
  if (!world.options.events.includes(subscription)) return null;
  return deliveries.deliver('events_api', {
    token: 'fake-verification-token',
    team_id: world.team.id,
    context_team_id: world.team.id,
    context_enterprise_id: null,
    api_app_id: world.app.id,
    event,
    type: 'event_callback',
    event_id: mintId(world, 'Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.team.id,
        user_id: world.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: mintId(world, 'EC'),
  });
}

/** The subscription that brings messages of a channel. */
function messageSubscription(channel: FakeChannel): string {
  return { public: 'message.channels', private: 'message.groups', im: 'message.im', mpim: 'message.mpim' }[
    channel.kind
  ];
}

/** How events call the kind of a channel. */
export function channelType(channel: FakeChannel): string {
  return { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' }[channel.kind];
}

/**
 * Tells the application of a message: `message`, and `app_mention` too when it names the bot in a channel; two events with ids of their
 * own (docs.slack.dev/reference/events/app_mention; direct messages bring no `app_mention`). Only where the bot is a member.
 */
export function announce(world: World, deliveries: Deliveries, message: FakeMessage): Promise<Delivery>[] {
  const channel = world.channels.get(message.channel);
  if (!channel?.members.includes(world.bot.userId) || message.ephemeralTo !== undefined) return [];
  const event = {
    ...wireMessage(world, message, false),
    channel: channel.id,
    event_ts: message.ts,
    channel_type: channelType(channel),
  };
  const sent = [sendEvent(world, deliveries, messageSubscription(channel), event)];
  const mentioned = message.text.includes(`<@${world.bot.userId}>`) && message.user !== world.bot.userId;
  if (mentioned && channel.kind !== 'im') {
    const { channel_type: _, subtype: _subtype, ...rest } = event as typeof event & { subtype?: string };
    sent.push(sendEvent(world, deliveries, 'app_mention', { ...rest, type: 'app_mention' }));
  }
  return sent.filter((one) => one !== null);
}

/** Tells of a changed or deleted message: hidden `message` events of their own. */
export function announceChange(
  world: World,
  deliveries: Deliveries,
  message: FakeMessage,
  previous: Record<string, unknown>,
  deleted: boolean,
): void {
  const channel = world.channels.get(message.channel);
  if (!channel?.members.includes(world.bot.userId)) return;
  const ts = `${Math.floor(Date.now() / 1000)}.${String(message.edits).padStart(6, '0')}`;
  void sendEvent(world, deliveries, messageSubscription(channel), {
    type: 'message',
    subtype: deleted ? 'message_deleted' : 'message_changed',
    hidden: true,
    channel: channel.id,
    channel_type: channelType(channel),
    ts,
    event_ts: ts,
    previous_message: previous,
    ...(deleted ? { deleted_ts: message.ts } : { message: wireMessage(world, message, false) }),
  });
}
