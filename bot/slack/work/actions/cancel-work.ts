import { toldCard } from '../../../render/slack/told-card.ts';
import { sayAlone } from '../say-alone.ts';
import type { ActionHandler } from './action-handler.ts';

/**
 * Takes back what the person has waiting or worked on in the thread; of a command: everywhere. Each question is told so where its answer
 * would stand, by whoever has it (`takenBack`), so that only a wish that found nothing needs a word here.
 */
export const cancelWork: ActionHandler = async ({ claimed, language }, desk, signal) => {
  const { incoming, thread } = claimed;
  const { key, place, user, way } = incoming;
  const threads = way === 'command' ? await desk.inbox.underWayOf(place.team, user) : [thread.id];
  const taken: string[] = [];
  for (const id of threads) taken.push(...(await desk.inbox.cancel(id, user)));
  desk.takeBack(taken);
  if (taken.length > 0 && way !== 'command') return;
  const reason = taken.length > 0 ? 'cancelled' : 'nothing_to_cancel';
  const card = toldCard({ reason: { kind: reason }, language });
  await sayAlone(desk, { key: `cancel/${key}`, place, user }, card, signal);
};
