import { sendEvent } from '../events.ts';
import { fileKind } from '../file-kind.ts';
import { openDirect } from '../open-direct.ts';
import { post } from '../post.ts';
import type { Deliveries, Delivery } from '../wire/deliveries.ts';
import { type FakeMessage, mintId, mintTs, type World } from '../world.ts';
import { interaction, mintResponseUrl, onMessage } from './interaction.ts';

/** A file that comes with a message. */
export interface SaidFile {
  name: string;
  content: Buffer | string;
}

/** What somebody says. */
export interface Said {
  channel: string;
  /** Who. Of another application's bot its user; a webhook has none. */
  user?: string;
  /** As Slack keeps it: `<@U…>`, `<https://…|…>`, `&lt;`. */
  text: string;
  threadTs?: string;
  files?: readonly SaidFile[];
  /** Another application's bot; without a user the message is a `bot_message`, as webhooks make them. */
  botId?: string;
  blocks?: Record<string, unknown>[];
  attachments?: unknown[];
}

function share(world: World, said: Said): string[] {
  return (said.files ?? []).map(({ name, content }) => {
    const id = mintId(world, 'F');
    const bytes = Buffer.from(content);
    world.files.set(id, {
      id,
      name,
      title: name,
      alt: '',
      ...fileKind(name),
      content: bytes,
      announcedBytes: bytes.length,
      user: said.user ?? '',
      createdSeconds: Math.floor(Date.now() / 1000),
      channels: [said.channel],
      complete: true,
      readyAtMs: 0,
    });
    return id;
  });
}

/** Somebody says something: the message stands in the channel and the application hears of it. */
export function say(
  world: World,
  deliveries: Deliveries,
  said: Said,
): { message: FakeMessage; sent: Promise<Delivery>[] } {
  if (!world.channels.has(said.channel)) throw new Error(`no channel ${said.channel}`);
  const files = share(world, said);
  if (said.user === undefined && said.botId === undefined) throw new Error('nobody says it');
  const subtype = said.user === undefined ? 'bot_message' : files.length > 0 ? 'file_share' : undefined;
  return post(world, deliveries, {
    channel: said.channel,
    ...(said.user === undefined ? {} : { user: said.user }),
    text: said.text,
    ...(said.threadTs === undefined ? {} : { thread_ts: said.threadTs }),
    ...(files.length > 0 ? { files } : {}),
    ...(subtype === undefined ? {} : { subtype }),
    ...(said.botId === undefined ? {} : { bot_id: said.botId }),
    ...(said.blocks ? { blocks: said.blocks } : {}),
    ...(said.attachments ? { attachments: said.attachments } : {}),
  });
}

/** A person opens the assistant pane: a thread in the direct conversation, and `assistant_thread_started`. */
export function openAssistant(
  world: World,
  deliveries: Deliveries,
  user: string,
): { channel: string; threadTs: string; sent: Promise<Delivery> | null } {
  const channel = openDirect(world, [user]);
  const { message: root } = post(world, deliveries, {
    channel: channel.id,
    user: world.bot.userId,
    bot_id: world.bot.id,
    app_id: world.app.id,
    subtype: 'assistant_app_thread',
    text: 'New Assistant Thread',
  });
  const sent = sendEvent(world, deliveries, 'assistant_thread_started', {
    type: 'assistant_thread_started',
    assistant_thread: {
      user_id: user,
      context: { channel_id: channel.id, team_id: world.team.id, enterprise_id: null },
      channel_id: channel.id,
      thread_ts: root.ts,
    },
    event_ts: root.ts,
  });
  return { channel: channel.id, threadTs: root.ts, sent };
}

/** A person opens the application's home tab: `app_home_opened`. */
export function openHome(world: World, deliveries: Deliveries, user: string): void {
  const ts = mintTs(world);
  void sendEvent(world, deliveries, 'app_home_opened', {
    type: 'app_home_opened',
    user,
    channel: openDirect(world, [user]).id,
    tab: 'home',
    event_ts: ts,
  });
}

/** A person types a slash command; what the acknowledgement says is shown to them alone, or to all where it asks so. */
export async function slashCommand(
  world: World,
  deliveries: Deliveries,
  at: { channel: string; user: string; command: string; text: string },
): Promise<Delivery> {
  const { trigger_id: trigger } = interaction(world, '', at.user);
  const delivery = await deliveries.deliver('slash_commands', {
    token: 'fake-verification-token',
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: at.channel,
    channel_name: world.channels.get(at.channel)?.name || 'directmessage',
    user_id: at.user,
    user_name: world.users.get(at.user)?.name ?? at.user,
    command: at.command,
    text: at.text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: mintResponseUrl(world, at.user, at.channel, null),
    trigger_id: trigger,
  });
  const answer = delivery.answer;
  if (typeof answer?.text === 'string' || Array.isArray(answer?.blocks)) {
    post(world, deliveries, {
      channel: at.channel,
      user: world.bot.userId,
      bot_id: world.bot.id,
      text: String(answer.text ?? ''),
      ...(Array.isArray(answer.blocks) ? { blocks: answer.blocks } : {}),
      ...(answer.response_type === 'in_channel' ? {} : { ephemeralTo: at.user }),
    });
  }
  return delivery;
}

/** A person runs a message shortcut: `message_action`. */
export function shortcut(
  world: World,
  deliveries: Deliveries,
  at: { message: FakeMessage; user: string; callbackId: string },
): Promise<Delivery> {
  const { container: _, ...about } = onMessage(world, at.message);
  return deliveries.deliver('interactive', {
    ...interaction(world, 'message_action', at.user),
    ...about,
    message_ts: at.message.ts,
    callback_id: at.callbackId,
    response_url: mintResponseUrl(world, at.user, at.message.channel, at.message.ts),
  });
}
