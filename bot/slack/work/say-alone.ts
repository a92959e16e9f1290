import type { Place } from '../../cases/place.ts';
import type { Card } from '../../render/slack/card.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import type { Desk } from './desk.ts';

/**
 * Tells something to one person: where they are, seen by nobody else; where the bot may not (any more), in the direct conversation.
 *
 * @throws CannotPost when there is no such conversation either; SlackRefusal, the signal's reason
 */
export async function sayAlone(
  desk: Pick<Desk, 'outlet'>,
  { key, place, user }: { key: string; place: Place; user: string },
  card: Card,
  signal: AbortSignal,
): Promise<void> {
  try {
    await desk.outlet.whisper(key, place, user, card, signal);
  } catch (error) {
    if (!(error instanceof CannotPost) || !isPerson(user) || place.channel.startsWith('D')) throw error;
    const direct = await desk.outlet.directPlace(place.team, user, signal);
    await desk.outlet.put(`${key}/direct`, direct, card, signal);
  }
}

/** Bots ask too (alerts), and nobody can write to them. */
export function isPerson(user: string): boolean {
  return /^[UW]/.test(user);
}
