import { announceChange } from '../events.ts';
import { checkMessageBlocks } from '../limits/check-blocks.ts';
import { type Chunk, checkChunks } from '../limits/check-chunks.ts';
import { checkMetadata } from '../limits/check-message.ts';
import { LIMITS } from '../limits/limits.ts';
import { byBot, post } from '../post.ts';
import { SlackError } from '../slack-error.ts';
import { wireMessage } from '../wire-message.ts';
import type { FakeMessage, World } from '../world.ts';
import { channelOf, messageOf, threadOf, writableChannel } from './channel-of.ts';
import { json, type Method, type MethodCall, needed, text } from './method.ts';

/** What a call adds: `markdown_text` or `chunks`. */
function chunksOf(world: World, args: MethodCall['args']): Chunk[] {
  const markdown = text(args, 'markdown_text');
  const given = json(args, 'chunks', 'invalid_chunks');
  if (markdown.length > LIMITS.chunkMarkdown.most) throw new SlackError('msg_too_long');
  const chunks = given === undefined ? [] : checkChunks(world, given);
  return markdown === '' ? chunks : [{ type: 'markdown_text', text: markdown }, ...chunks];
}

/**
 * A stream keeps to the form it was opened with: opened with `markdown_text` it takes no chunks. Measured by others against the real one;
 * Slack tells it nowhere.
 */
function keepMode(message: FakeMessage, args: MethodCall['args']): void {
  if (!message.stream) return;
  const mode = text(args, 'chunks') === '' ? (text(args, 'markdown_text') === '' ? null : 'text') : 'chunks';
  if (message.stream.mode === 'text' && mode === 'chunks') throw new SlackError('streaming_mode_mismatch');
  message.stream.mode ??= mode;
}

/** Puts chunks into a message: text is appended, a task replaces the one with its id; its details and output grow. */
function take(message: FakeMessage, chunks: readonly Chunk[]): void {
  const held = message.stream?.chunks ?? [];
  for (const chunk of chunks) {
    if (chunk.type === 'markdown_text') message.text += chunk.text;
    const same = held.find(
      (one) =>
        one.type === chunk.type &&
        (chunk.type === 'plan_update' || (chunk.type === 'task_update' && one.id === chunk.id)),
    );
    if (!same) held.push({ ...chunk });
    else if (chunk.type === 'task_update') {
      const details = `${same.details ?? ''}${chunk.details ?? ''}`;
      const output = `${same.output ?? ''}${chunk.output ?? ''}`;
      Object.assign(same, chunk, details === '' ? {} : { details }, output === '' ? {} : { output });
    } else Object.assign(same, chunk);
  }
}

/** The message of a call with an open stream; closes one that lived too long, as Slack does. */
function openStream(world: World, args: MethodCall['args']): FakeMessage {
  const message = messageOf(world, channelOf(world, args), needed(args, 'ts'));
  if (message.bot_id !== world.bot.id) throw new SlackError('message_not_owned_by_app');
  const { stream } = message;
  if (stream?.open && Date.now() - stream.startedAtMs > world.options.streamLifetimeMs) stream.open = false;
  if (stream?.stoppedByUser) throw new SlackError('stopped_by_user');
  if (!stream?.open) throw new SlackError('message_not_in_streaming_state');
  return message;
}

/** Streamed messages: docs.slack.dev/reference/methods/chat.startStream, chat.appendStream, chat.stopStream. */
export const STREAM_METHODS: readonly Method[] = [
  {
    name: 'chat.startStream',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 2,
    run({ world, args, deliveries }) {
      const channel = writableChannel(world, args);
      const thread = threadOf(world, channel, args);
      if (thread === null) throw new SlackError('invalid_thread_ts');
      if (channel.kind !== 'im') {
        if (text(args, 'recipient_team_id') === '') throw new SlackError('missing_recipient_team_id');
        if (text(args, 'recipient_user_id') === '') throw new SlackError('missing_recipient_user_id');
      }
      const mode = text(args, 'task_display_mode');
      if (!['', 'timeline', 'plan', 'dense'].includes(mode)) throw new SlackError('invalid_arguments');
      const chunks = chunksOf(world, args);
      const { message } = post(world, deliveries, {
        ...byBot(world),
        channel: channel.id,
        thread_ts: thread,
        text: '',
        stream: { open: true, mode: null, startedAtMs: Date.now(), stoppedByUser: false, chunks: [] },
      });
      keepMode(message, args);
      take(message, chunks);
      world.statuses.delete(`${channel.id}/${thread}`);
      return { channel: channel.id, ts: message.ts };
    },
  },
  {
    name: 'chat.appendStream',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 4,
    run({ world, args }) {
      const message = openStream(world, args);
      const chunks = chunksOf(world, args);
      if (chunks.length === 0) throw new SlackError('no_text');
      keepMode(message, args);
      take(message, chunks);
      return { channel: message.channel, ts: message.ts };
    },
  },
  {
    name: 'chat.stopStream',
    token: 'bot',
    scopes: ['chat:write'],
    tier: 2,
    run({ world, args, deliveries }) {
      const message = openStream(world, args);
      const chunks = chunksOf(world, args);
      const blocks = json(args, 'blocks', 'invalid_blocks_format');
      const checked = blocks === undefined ? undefined : checkMessageBlocks(world, blocks);
      const metadata = checkMetadata(args);
      keepMode(message, args);
      const before = wireMessage(world, message, false);
      take(message, chunks);
      if (checked) message.blocks = checked;
      if (metadata) message.metadata = metadata;
      if (message.stream) message.stream.open = false;
      announceChange(world, deliveries, message, before, false);
      return { channel: message.channel, ts: message.ts, message: wireMessage(world, message, true) };
    },
  },
];
