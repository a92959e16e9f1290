import { z } from 'zod';
import type { ActionName } from '../../cases/inbox/incoming.ts';
import { actionName, readSubject } from './action-ids.ts';
import type { DeliveryReader } from './intake-context.ts';
import { msOfTs, SLACK_ID, SLACK_TS } from './slack-ids.ts';

/** Buttons that only open a form: what is sent with it is kept, the press is not. */
const ASKS_FIRST: ReadonlySet<ActionName> = new Set(['resolve']);

/** @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const PRESSED = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: SLACK_ID }),
  channel: z.object({ id: SLACK_ID }).nullish(),
  container: z
    .object({ channel_id: SLACK_ID.nullish(), message_ts: SLACK_TS.nullish(), thread_ts: SLACK_TS.nullish() })
    .nullish(),
  message: z.object({ ts: SLACK_TS.nullish(), thread_ts: SLACK_TS.nullish() }).nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        action_ts: SLACK_TS,
        value: z.string().max(2_000).nullish(),
        selected_option: z.object({ value: z.string().max(2_000) }).nullish(),
        selected_user: SLACK_ID.nullish(),
      }),
    )
    .min(1),
});

/** A button of ours (or a menu of people, whose choice is the `assignee`), pressed on a message. */
export const readButton: DeliveryReader = (body, { self }) => {
  const { data: pressed } = PRESSED.safeParse(body);
  const [action] = pressed?.actions ?? [];
  if (pressed === undefined || action === undefined) return null;
  const name = actionName(action.action_id);
  const subject = readSubject(action.value ?? action.selected_option?.value);
  const channel = pressed.channel?.id ?? pressed.container?.channel_id;
  const messageTs = pressed.container?.message_ts ?? pressed.message?.ts;
  if (name === null || subject === null || ASKS_FIRST.has(name)) return null;
  if (typeof channel !== 'string' || typeof messageTs !== 'string') return null;
  const threadTs = pressed.message?.thread_ts ?? pressed.container?.thread_ts ?? messageTs;
  const { selected_user: assignee } = action;
  return {
    key: `button:${self.team}:${channel}:${messageTs}:${action.action_ts}:${pressed.user.id}`,
    way: 'button',
    place: { team: self.team, channel, threadTs },
    user: pressed.user.id,
    sentAtMs: msOfTs(action.action_ts),
    order: action.action_ts,
    text: '',
    files: [],
    action: { name, ...subject, input: typeof assignee === 'string' ? { assignee } : {}, messageTs },
  };
};
