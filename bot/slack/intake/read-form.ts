import { z } from 'zod';
import { actionName } from './action-ids.ts';
import { readFormSubject } from './form-subject.ts';
import type { DeliveryReader } from './intake-context.ts';
import { plainText } from './plain-text.ts';
import { SLACK_ID, tsOfMs } from './slack-ids.ts';

const FIELDS = ['reason', 'fixedBy', 'code', 'assignee'];
/** Slack's own limit of a text field. */
const MAX_FIELD = 3_000;

const ELEMENT = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_user: SLACK_ID.nullish(),
});

/** @see https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const SENT = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id: SLACK_ID }),
  view: z.object({
    id: SLACK_ID,
    hash: z.string().max(200),
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3_000),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  }),
});

/** A form of ours that was sent: `callback_id` names the action, the fields' `action_id` (or `block_id`) what was typed or chosen. */
export const readForm: DeliveryReader = (body, { self, nowMs }) => {
  const { data: sent } = SENT.safeParse(body);
  if (sent === undefined) return null;
  const { user, view } = sent;
  const name = actionName(view.callback_id);
  const subject = readFormSubject(view.private_metadata, self.team);
  if (name === null || subject === null) return null;
  const { caseId, diagnosis, place } = subject;
  return {
    key: `form:${view.id}:${view.hash}`,
    way: 'form',
    place,
    user: user.id,
    sentAtMs: nowMs,
    order: tsOfMs(nowMs),
    text: '',
    files: [],
    action: { name, caseId, diagnosis, input: inputOf(view.state.values, self.botUserId), messageTs: null },
  };
};

function inputOf(values: Readonly<Record<string, Readonly<Record<string, unknown>>>>, botUserId: string) {
  const input: Record<string, string> = {};
  for (const [block, elements] of Object.entries(values))
    for (const [id, element] of Object.entries(elements)) {
      const field = FIELDS.find((known) => known === id || known === block);
      const { data } = ELEMENT.safeParse(element);
      const typed = data?.value ?? data?.selected_option?.value ?? data?.selected_user;
      if (field !== undefined && typeof typed === 'string' && typed !== '')
        input[field] = plainText(typed.slice(0, MAX_FIELD), botUserId);
    }
  return input;
}
