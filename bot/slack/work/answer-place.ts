import type { Language } from '../../../knowledge/bilingual.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { Place } from '../../cases/place.ts';
import { askedCard } from '../../render/slack/asked-card.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import type { Desk } from './desk.ts';

/**
 * The thread that an answer goes to. What was asked without a message of its own (a command) gets one: in the channel where it was
 * asked, or where the bot may not post, in the direct conversation with the asker.
 */
export async function answerPlace(
  { incoming, thread }: Claimed,
  desk: Pick<Desk, 'outlet' | 'inbox'>,
  language: Language,
  signal: AbortSignal,
): Promise<Place> {
  if (thread.place.threadTs !== null) return thread.place;
  const { key, user, text } = incoming;
  const card = askedCard({ user, asked: text, language });
  const place = await desk.outlet.put(`asked/${key}`, thread.place, card, signal).catch(async (error: unknown) => {
    if (!(error instanceof CannotPost)) throw error;
    const direct = await desk.outlet.directPlace(thread.place.team, user, signal);
    return await desk.outlet.put(`asked/${key}/direct`, direct, card, signal);
  });
  await desk.inbox.bindThread(thread.id, place);
  return place;
}
