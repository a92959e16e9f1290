import { ACTION_NAMES, type ActionName } from '../../cases/inbox/incoming.ts';

const PREFIX = 'wherefore:';

/** The action of an `action_id` or `callback_id` such as `wherefore:support`; null: none of ours. */
export function actionName(id: string): ActionName | null {
  if (!id.startsWith(PREFIX)) return null;
  const name = id.slice(PREFIX.length);
  return ACTION_NAMES.find((known) => known === name) ?? null;
}
