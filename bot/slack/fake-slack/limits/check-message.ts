import { z } from 'zod';
import { json, text } from '../methods/method.ts';
import { SlackError } from '../slack-error.ts';
import type { FakeMessage, World } from '../world.ts';
import { checkMessageBlocks } from './check-blocks.ts';
import { LIMITS } from './limits.ts';
import { slackMessages } from './slack-messages.ts';

/** docs.slack.dev/messaging/message-metadata: a name, and an object of plain values, objects of them and lists of those. */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const metadataShape = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(
    z.string(),
    z.union([scalar, z.array(z.union([scalar, z.record(z.string(), scalar)])), z.record(z.string(), scalar)]),
  ),
});

/** Content of a message that Slack takes. */
export type Checked = Pick<FakeMessage, 'text' | 'blocks' | 'metadata' | 'attachments'>;

/**
 * Checks the content of a message as `chat.postMessage` and its kin take it.
 *
 * @throws SlackError `no_text`, `msg_too_long`, `invalid_blocks` …
 */
export function checkMessage(
  world: World,
  args: Readonly<Record<string, unknown>>,
  most: number = LIMITS.messageText.most,
): Checked {
  const given = json(args, 'blocks', 'invalid_blocks_format');
  const blocks = given === undefined ? undefined : checkMessageBlocks(world, given);
  const attachments = checkAttachments(json(args, 'attachments', 'invalid_attachments'));
  const markdown = text(args, 'markdown_text');
  if (markdown !== '' && (blocks !== undefined || text(args, 'text') !== ''))
    throw new SlackError('markdown_text_conflict');
  if (markdown.length > LIMITS.chunkMarkdown.most) throw new SlackError('msg_too_long');
  const content = markdown === '' ? text(args, 'text') : markdown;
  if (content === '' && (blocks?.length ?? 0) === 0 && (attachments?.length ?? 0) === 0)
    throw new SlackError('no_text');
  if (content.length > most) throw new SlackError('msg_too_long');
  const metadata = checkMetadata(args);
  return {
    text: content,
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

function checkAttachments(value: unknown): unknown[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new SlackError('invalid_attachments');
  if (value.length > LIMITS.attachments.most) throw new SlackError('too_many_attachments');
  return value;
}

/** Checks `metadata`; undefined where there is none. */
export function checkMetadata(args: Readonly<Record<string, unknown>>): FakeMessage['metadata'] | undefined {
  const value = json(args, 'metadata', 'invalid_metadata_format');
  if (value === undefined) return undefined;
  const parsed = metadataShape.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    throw new SlackError('invalid_metadata_schema', {
      response_metadata: { messages: slackMessages(parsed.error, '/metadata') },
    });
  }
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > LIMITS.metadataBytes.most)
    throw new SlackError('metadata_too_large');
  return parsed.data;
}
