import { toldCard } from '../../../render/slack/told-card.ts';
import { answerKey } from '../progress.ts';
import type { ActionHandler } from './action-handler.ts';

/** Takes back what waits or is worked on in the thread; of a command: all that the asker has waiting. */
export const cancelWork: ActionHandler = async ({ claimed, language }, desk, signal) => {
  const { incoming, thread } = claimed;
  const { team } = incoming.place;
  const mine = incoming.way === 'command' ? await desk.inbox.underWayOf(team, incoming.user) : [thread.id];
  const others = mine.filter((id) => id !== thread.id || incoming.way !== 'command');
  const taken = (await Promise.all(others.map((id) => desk.inbox.cancel(id)))).flat();
  // What is being worked on says so itself; only a wish that found nothing needs a word.
  const card = toldCard({ reason: taken.length > 0 ? { kind: 'cancelled' } : { kind: 'no_case' }, language });
  if (taken.length === 0 || incoming.way === 'command')
    await desk.outlet.whisper(`cancel/${incoming.key}`, incoming.place, incoming.user, card, signal);
  for (const key of taken) await desk.outlet.put(answerKey(key), thread.place, card, signal);
};
