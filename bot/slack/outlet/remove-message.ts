import type { Place } from '../../cases/place.ts';
import { REMOVED } from '../../cases/posts/posts.ts';
import { carriesKey, findOwnMessage } from './find-own-message.ts';
import type { PutTools } from './put-message.ts';
import { SlackRefusal } from './slack-refusal.ts';

/** Takes messages away that have served their turn; what is gone already, or was never posted, is fine. */
export function messageRemover({ calls, posts, log, own }: PutTools) {
  return async (key: string, place: Place, signal: AbortSignal): Promise<void> => {
    const known = await posts.find(key);
    if (known === null || known.digest === REMOVED) return;
    const where = known.place;
    const ts =
      known.ts ??
      (await findOwnMessage(calls, await own(place.team, signal), log, {
        place: where,
        newerThan: null,
        fits: carriesKey(key),
        signal,
      }));
    if (ts === null) return await posts.noteRemoved(key);
    try {
      const args = { channel: where.channel, ts };
      // Its allowance is its own: no answer waits for it.
      await calls.repeat({ method: 'chat.delete', args, team: place.team, priority: 'answer', signal });
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      // Whatever Slack's reason, it stays where it is.
      if (error.code !== 'message_not_found') log.info({ code: error.code }, 'a message cannot be taken away');
    }
    await posts.noteRemoved(key);
  };
}
