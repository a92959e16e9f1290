import { wireMessage } from '../wire-message.ts';
import { type FakeMessage, mintId, type World } from '../world.ts';

/** A trigger for a person's act, good for three seconds and one view. */
export function mintTrigger(world: World, user: string): string {
  const id = `${mintId(world, '')}.${mintId(world, '')}.trigger`;
  world.triggers.set(id, { user, atMs: Date.now(), used: false });
  return id;
}

/** An address for answers to a person's act. */
export function mintResponseUrl(world: World, user: string, channel: string, messageTs: string | null): string {
  const id = `${world.team.id}/${mintId(world, '')}`;
  world.responseUrls.set(id, { user, channel, messageTs, uses: 0, atMs: Date.now() });
  return `${world.origin}/respond/${id}`;
}

/** Fields that every interaction payload has (docs.slack.dev/reference/interaction-payloads). */
export function interaction(world: World, type: string, user: string): Record<string, unknown> {
  const name = world.users.get(user)?.name ?? user;
  return {
    type,
    token: 'fake-verification-token',
    action_ts: (Date.now() / 1000).toFixed(6),
    team: { id: world.team.id, domain: world.team.domain },
    user: { id: user, username: name, name, team_id: world.team.id },
    api_app_id: world.app.id,
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: mintTrigger(world, user),
  };
}

/** Fields about the message that something was done on; of an ephemeral one its content is not told. */
export function onMessage(world: World, message: FakeMessage): Record<string, unknown> {
  const channel = world.channels.get(message.channel);
  const ephemeral = message.ephemeralTo !== undefined;
  return {
    channel: { id: message.channel, name: channel?.kind === 'im' ? 'directmessage' : (channel?.name ?? '') },
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    ...(ephemeral ? {} : { message: wireMessage(world, message, true) }),
  };
}
