import { z } from 'zod';
import { policyOf } from '../channel-policy.ts';
import type { DeliveryReader } from './intake-context.ts';
import { plainText } from './plain-text.ts';
import { readFiles } from './read-files.ts';
import { msOfTs, SLACK_ID, SLACK_TS } from './slack-ids.ts';
import { textOfBlocks } from './text-of-blocks.ts';

/** `callback_id` of the message shortcut in `manifest.json`. */
export const SHORTCUT_ID = 'why_did_this_fail';

/** @see https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
const SHORTCUT = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal(SHORTCUT_ID),
  action_ts: SLACK_TS,
  message_ts: SLACK_TS,
  user: z.object({ id: SLACK_ID }),
  channel: z.object({ id: SLACK_ID }),
  message: z.object({
    thread_ts: SLACK_TS.nullish(),
    text: z.string().nullish(),
    blocks: z.unknown().optional(),
    attachments: z.unknown().optional(),
    files: z.unknown().optional(),
  }),
});

/** "Why did this fail?" on any message, also an alert bot's: the question is what the message says, the answer stands in its thread. */
export const readShortcut: DeliveryReader = (body, { self, channels }) => {
  const { data: given } = SHORTCUT.safeParse(body);
  if (given === undefined || policyOf(channels, given.channel.id).answers === 'off') return null;
  const { message, channel, user } = given;
  return {
    key: `shortcut:${self.team}:${channel.id}:${given.message_ts}:${given.action_ts}`,
    way: 'shortcut',
    place: { team: self.team, channel: channel.id, threadTs: message.thread_ts ?? given.message_ts },
    user: user.id,
    sentAtMs: msOfTs(given.action_ts),
    order: given.action_ts,
    text: plainText(textOfBlocks(message), self.botUserId),
    files: readFiles(message.files),
    action: null,
  };
};
