import { checkMessage } from '../limits/check-message.ts';
import { byBot, post } from '../post.ts';
import { SlackError } from '../slack-error.ts';
import { findMessage, type World } from '../world.ts';
import type { Deliveries } from './deliveries.ts';
import type { Answer } from './web-api.ts';

/** docs.slack.dev/interactivity/handling-user-interaction: up to 5 times within 30 minutes. */
const USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** A message sent to a `response_url`; replaces and deletes ephemeral ones too, as no method can. */
export function respond(api: { world: World; deliveries: Deliveries }, path: string, body: Buffer): Answer {
  const { world } = api;
  const held = world.responseUrls.get(path.slice('/respond/'.length));
  if (!held) return { status: 404, body: 'no_service' };
  if (held.uses >= USES || Date.now() - held.atMs > LIFETIME_MS) return { status: 404, body: 'used_url' };
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(body.toString('utf8'));
  } catch {
    return { status: 400, body: 'invalid_payload' };
  }
  held.uses += 1;
  const original = held.messageTs === null ? undefined : findMessage(world, held.channel, held.messageTs);
  if (fields.delete_original === true && original) {
    const list = world.messages.get(held.channel) ?? [];
    list.splice(list.indexOf(original), 1);
    return { status: 200, body: '{"ok":true}' };
  }
  try {
    const checked = checkMessage(world, fields);
    if (fields.replace_original === true && original) {
      original.text = checked.text;
      original.blocks = checked.blocks;
      original.edits += 1;
      return { status: 200, body: '{"ok":true}' };
    }
    const thread = typeof fields.thread_ts === 'string' ? fields.thread_ts : undefined;
    post(world, api.deliveries, {
      ...byBot(world),
      ...checked,
      channel: held.channel,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...(fields.response_type === 'in_channel' ? {} : { ephemeralTo: held.user }),
    });
    return { status: 200, body: '{"ok":true}' };
  } catch (error) {
    if (error instanceof SlackError) return { status: 400, body: error.error };
    throw error;
  }
}
