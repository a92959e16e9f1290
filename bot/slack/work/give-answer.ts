import type { AnswerVenue } from '../../access/audience.ts';
import type { AnswerChart, Answered } from '../../answering/answer-job.ts';
import type { Place } from '../../cases/place.ts';
import { type AnswerView, answerCard, type SharedIncident } from '../../render/slack/answer-card.ts';
import type { Card } from '../../render/slack/card.ts';
import type { CardChart } from '../../render/slack/diagnosis-parts.ts';
import { privateCard } from '../../render/slack/private-card.ts';
import type { Desk } from './desk.ts';

/** An answer, and where it goes. */
export interface Given {
  result: Answered;
  /** Key of the message that becomes the answer. */
  key: string;
  place: Place;
  user: string;
  venue: AnswerVenue;
  /** What else is to be said: files that could not be read. */
  notes: readonly string[];
}

/**
 * Shows an answer as text: in the thread where everybody there may see it; else to the asker alone, and the thread says no more than
 * that.
 *
 * @param finish puts a card where the answer stands in the thread
 */
export async function giveAnswer(
  given: Given,
  desk: Desk,
  finish: (card: Card) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { result, key, place, user, venue } = given;
  const language = result.turn.replies[0]?.language ?? 'en';
  const card = answerCard(viewOf(given, [], null));
  if (venue === 'thread') return await finish(card);
  if (venue === 'ephemeral') await desk.outlet.whisper(`${key}/private`, place, user, card, signal);
  else {
    const [shownKey, shownAt] = await shownIn(given, desk, signal);
    await desk.outlet.put(shownKey, shownAt, card, signal);
  }
  await finish(privateCard({ user, language }));
}

/** Adds to an answer that stands what takes longer: its charts, and how many others ask about the same. */
export async function completeAnswer(
  given: Given,
  incident: SharedIncident | null,
  desk: Desk,
  signal: AbortSignal,
): Promise<void> {
  // What was shown to one person alone cannot be changed.
  if (given.venue === 'ephemeral') return;
  const [key, place] = await shownIn(given, desk, signal);
  const charts = await uploaded(given.result.charts, key, desk, signal);
  if (charts.length === 0 && (incident === null || incident.others === 0)) return;
  await desk.outlet.put(key, place, answerCard(viewOf(given, charts, incident)), signal);
}

async function shownIn({ key, place, user, venue }: Given, desk: Desk, signal: AbortSignal): Promise<[string, Place]> {
  if (venue !== 'direct') return [key, place];
  return [`${key}/private`, await desk.outlet.directPlace(place.team, user, signal)];
}

function viewOf({ result, notes }: Given, charts: readonly CardChart[], incident: SharedIncident | null): AnswerView {
  return {
    turn: result.turn,
    diagnosisOf: (id) => result.diagnoses[id] ?? null,
    evidence: result.evidence,
    caseId: result.caseId,
    charts,
    // A page is given out to one person at a time, who is looked at then: no address stands in a thread.
    pageUrl: null,
    incident,
    notes,
  };
}

/** A chart that cannot be uploaded is left out: the card has the figures. */
async function uploaded(
  charts: readonly AnswerChart[],
  key: string,
  desk: Desk,
  signal: AbortSignal,
): Promise<CardChart[]> {
  const shown: CardChart[] = [];
  for (const { kind, png, title, alt } of charts) {
    try {
      const name = `${kind}.png`;
      const fileId = await desk.outlet.upload(`${key}/${kind}`, { name, title, alt, content: png }, signal);
      shown.push({ fileId, alt, title, kind });
    } catch (error) {
      if (signal.aborted) throw error;
      desk.log('a chart cannot be uploaded', error);
    }
  }
  return shown;
}
