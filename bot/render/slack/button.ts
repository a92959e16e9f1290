import type { Button } from '@slack/types';
import type { ActionName } from '../../cases/inbox/incoming.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** What a button is about. */
export interface ButtonAbout {
  /** `case_…`; null: the thread it stands in. */
  caseId: string | null;
  /** `inv_…`; null: the open one. */
  diagnosis: string | null;
}

const ACTION_PREFIX = 'wherefore:';

/** `wherefore:helpful`. */
export function actionId(name: ActionName): string {
  return ACTION_PREFIX + name;
}

/**
 * `<case id> <diagnosis id or ->`, and for "more" of evidence the number of pieces shown so far behind it.
 */
export function buttonValue({ caseId, diagnosis }: ButtonAbout, from?: number): string {
  const value = `${idOf(caseId)} ${idOf(diagnosis)}`;
  return from === undefined ? value : `${value} ${Math.trunc(from)}`;
}

/** What `buttonValue` wrote; ids that are none are null. */
export function readButtonValue(value: string): ButtonAbout & { from: number } {
  const [caseId = '', diagnosis = '', from = ''] = value.slice(0, SLACK_LIMITS.buttonValue).split(' ');
  return {
    caseId: /^case_[0-9a-z]{1,64}$/.test(caseId) ? caseId : null,
    diagnosis: /^inv_[0-9a-z]{1,64}$/.test(diagnosis) ? diagnosis : null,
    from: /^\d{1,6}$/.test(from) ? Number(from) : 0,
  };
}

/** `block_id` of the row of buttons of a hand-off: a choice of a person carries no value, so the row says what it is about. */
export function rowId(about: ButtonAbout): string {
  return `${ACTION_PREFIX}${buttonValue(about)}`;
}

/** What a row with `rowId` is about; null for any other row. */
export function readRowId(blockId: string): ButtonAbout | null {
  if (!blockId.startsWith(ACTION_PREFIX)) return null;
  const { caseId, diagnosis } = readButtonValue(blockId.slice(ACTION_PREFIX.length));
  return { caseId, diagnosis };
}

/** A button for one action. */
export function button(
  name: ActionName,
  label: string,
  value: string,
  look: { style?: 'primary' | 'danger'; url?: string } = {},
): Button {
  return {
    type: 'button',
    action_id: actionId(name),
    text: { type: 'plain_text', text: cut(label, SLACK_LIMITS.buttonText), emoji: false },
    value: value.slice(0, SLACK_LIMITS.buttonValue),
    ...(look.style === undefined ? {} : { style: look.style }),
    ...(look.url === undefined ? {} : { url: look.url }),
  };
}

function idOf(id: string | null): string {
  return id !== null && /^[0-9a-z_]{1,80}$/i.test(id) ? id : '-';
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
