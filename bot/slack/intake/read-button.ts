import { z } from 'zod';
import type { Action, ActionName } from '../../cases/inbox/incoming.ts';
import { readButtonValue, readRowId } from '../../render/slack/button.ts';
import { actionName } from './action-ids.ts';
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
        block_id: z.string().max(255).nullish(),
        action_ts: SLACK_TS,
        value: z.string().max(2_000).nullish(),
        selected_option: z.object({ value: z.string().max(2_000) }).nullish(),
        selected_user: SLACK_ID.nullish(),
      }),
    )
    .min(1),
});

/** A button of ours (or a menu of people, whose choice is the `assignee`), pressed on a message. `from`: how many were shown already. */
export const readPress: DeliveryReader = (body, { self }) => {
  const { data: pressed } = PRESSED.safeParse(body);
  const [action] = pressed?.actions ?? [];
  if (pressed === undefined || action === undefined) return null;
  const name = actionName(action.action_id);
  const channel = pressed.channel?.id ?? pressed.container?.channel_id;
  const messageTs = pressed.container?.message_ts ?? pressed.message?.ts;
  if (name === null) return null;
  if (typeof channel !== 'string' || typeof messageTs !== 'string') return null;
  const threadTs = pressed.message?.thread_ts ?? pressed.container?.thread_ts ?? messageTs;
  return {
    key: `button:${self.team}:${channel}:${messageTs}:${action.action_ts}:${pressed.user.id}`,
    way: 'button',
    place: { team: self.team, channel, threadTs },
    user: pressed.user.id,
    sentAtMs: msOfTs(action.action_ts),
    order: action.action_ts,
    text: '',
    files: [],
    action: { name, ...subjectOf(action), messageTs },
  };
};

/** A press that is work by itself, and not the opening of a form. */
export const readButton: DeliveryReader = (body, context) => {
  const press = readPress(body, context);
  return press?.action == null || ASKS_FIRST.has(press.action.name) ? null : press;
};

type Pressed = z.infer<typeof PRESSED>['actions'][number];

/** What it is about, and what was chosen. A menu of people brings no value: its row says it. */
function subjectOf(action: Pressed): Pick<Action, 'caseId' | 'diagnosis' | 'input'> {
  const value = action.value ?? action.selected_option?.value;
  const { caseId, diagnosis, from } = readButtonValue(value ?? '');
  const row = typeof value === 'string' ? null : readRowId(action.block_id ?? '');
  const input: Record<string, string> = {};
  if (typeof action.selected_user === 'string') input.assignee = action.selected_user;
  if (from > 0) input.from = String(from);
  return { caseId: row?.caseId ?? caseId, diagnosis: row?.diagnosis ?? diagnosis, input };
}
