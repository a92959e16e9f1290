import { z } from 'zod';
import { SlackError } from '../slack-error.ts';
import type { World } from '../world.ts';
import { checkViewBlocks } from './check-blocks.ts';
import { LIMITS } from './limits.ts';
import { slackMessages } from './slack-messages.ts';
import { plain } from './texts.ts';

const L = LIMITS;
const shared = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(L.privateMetadata.most).optional(),
  callback_id: z.string().max(L.callbackId.most).optional(),
  external_id: z.string().max(L.callbackId.most).optional(),
};
/** docs.slack.dev/reference/views/modal-views and home-tab-views. */
const shape = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plain(L.viewTitle.most),
    submit: plain(L.viewSubmit.most).optional(),
    close: plain(L.viewSubmit.most).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...shared,
  }),
  z.strictObject({ type: z.literal('home'), ...shared }),
]);

/**
 * Checks a view and gives its blocks their ids.
 *
 * @throws SlackError `invalid_arguments` with the places
 */
export function checkView(world: World, value: unknown, type: 'modal' | 'home'): Record<string, unknown> {
  const parsed = shape.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    throw new SlackError('invalid_arguments', {
      response_metadata: { messages: slackMessages(parsed.error, '/view') },
    });
  }
  if (parsed.data.type !== type) throw new SlackError('invalid_arguments');
  const blocks = checkViewBlocks(world, parsed.data.blocks);
  if (parsed.data.type === 'modal' && parsed.data.submit === undefined && blocks.some((one) => one.type === 'input')) {
    throw new SlackError('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] missing required field: submit [json-pointer:/view]'] },
    });
  }
  return { private_metadata: '', callback_id: '', ...parsed.data, blocks };
}
