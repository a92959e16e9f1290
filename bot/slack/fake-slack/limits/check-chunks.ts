import { z } from 'zod';
import { SlackError } from '../slack-error.ts';
import type { World } from '../world.ts';
import { checkMessageBlocks } from './check-blocks.ts';
import { LIMITS } from './limits.ts';
import { slackMessages } from './slack-messages.ts';
import { webUrl } from './texts.ts';

const L = LIMITS;
const short = z.string().max(L.chunkTaskText.most);

const chunk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown_text'), text: z.string() }),
  z.strictObject({
    type: z.literal('task_update'),
    id: z.string().min(1),
    title: short.min(1),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: short.optional(),
    output: short.optional(),
    sources: z.array(z.strictObject({ type: z.literal('url'), url: webUrl, text: z.string().min(1) })).optional(),
  }),
  z.strictObject({ type: z.literal('plan_update'), title: short.min(1) }),
  z.strictObject({ type: z.literal('blocks'), blocks: z.array(z.unknown()).max(L.messageBlocks.most) }),
]);

/** One piece of a stream. */
export type Chunk = z.infer<typeof chunk>;

/**
 * Checks the chunks of a stream (docs.slack.dev/reference/methods/chat.appendStream).
 *
 * @throws SlackError `invalid_chunks` with the places, `msg_too_long`, `invalid_blocks`
 */
export function checkChunks(world: World, value: unknown): Chunk[] {
  const parsed = z.array(chunk).safeParse(value, { reportInput: true });
  if (!parsed.success) {
    throw new SlackError('invalid_chunks', { response_metadata: { messages: slackMessages(parsed.error, '/chunks') } });
  }
  for (const one of parsed.data) {
    if (one.type === 'blocks') checkMessageBlocks(world, one.blocks);
    if (one.type === 'markdown_text' && one.text.length > L.chunkMarkdown.most) throw new SlackError('msg_too_long');
  }
  return parsed.data;
}
