import { z } from 'zod';
import { commandWish } from './command-wish.ts';
import type { DeliveryReader } from './intake-context.ts';
import { plainText } from './plain-text.ts';
import { SLACK_ID, tsOfMs } from './slack-ids.ts';

/** @see https://docs.slack.dev/interactivity/implementing-slash-commands */
const COMMAND = z.object({
  command: z.string().startsWith('/'),
  text: z.string().nullish(),
  trigger_id: z.string().regex(/^[\w.-]{1,200}$/),
  user_id: SLACK_ID,
  channel_id: SLACK_ID,
});

/**
 * `/why …`. It has no message of its own and does not run in threads, so that its thread begins with the first answer. `/why help` is
 * answered at once and nothing to keep.
 */
export const readCommand: DeliveryReader = (body, { self, nowMs }) => {
  const { data: given } = COMMAND.safeParse(body);
  if (given === undefined) return null;
  const text = plainText(given.text ?? '', self.botUserId);
  const wish = commandWish(text);
  if (wish.kind === 'help') return null;
  return {
    key: `command:${given.trigger_id}`,
    way: 'command',
    place: { team: self.team, channel: given.channel_id, threadTs: null },
    user: given.user_id,
    sentAtMs: nowMs,
    order: tsOfMs(nowMs),
    text,
    files: [],
    action: wish.kind === 'action' ? wish.action : null,
  };
};
