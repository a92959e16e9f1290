import { ACTION_NAMES, type ActionName } from '../../cases/inbox/incoming.ts';

const PREFIX = 'wherefore:';
const VALUE = /^(case_[0-9a-f]{10}|-)(?: (inv_[0-9a-z]{1,40}|-))?$/;

/** The action of an `action_id` or `callback_id` such as `wherefore:support`; null: none of ours. */
export function actionName(id: string): ActionName | null {
  if (!id.startsWith(PREFIX)) return null;
  const name = id.slice(PREFIX.length);
  return ACTION_NAMES.find((known) => known === name) ?? null;
}

/** What the `value` of a button says: `<case id or -> <diagnosis id or ->`; null: it says something else. */
export function readSubject(
  value: string | null | undefined,
): { caseId: string | null; diagnosis: string | null } | null {
  if (value === null || value === undefined || value === '') return { caseId: null, diagnosis: null };
  const match = VALUE.exec(value);
  if (match === null) return null;
  const idOf = (id: string | undefined) => (id === undefined || id === '-' ? null : id);
  return { caseId: idOf(match[1]), diagnosis: idOf(match[2]) };
}
