import type { AnswerVenue } from '../../access/audience.ts';
import type { AnswerChart, Answered } from '../../answering/answer-job.ts';
import type { Place } from '../../cases/place.ts';
import { type AnswerView, answerCard, type SharedIncident } from '../../render/slack/answer-card.ts';
import type { Card } from '../../render/slack/card.ts';
import type { CardChart } from '../../render/slack/diagnosis-parts.ts';
import { privateCard } from '../../render/slack/private-card.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import type { Desk } from './desk.ts';
import { isPerson } from './say-alone.ts';

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

/** A message that can be edited. */
export interface Stands {
  key: string;
  place: Place;
}

/**
 * Says something in the thread; where the bot may not post there any more, to the asker in the direct conversation.
 *
 * @param finish puts a card where the answer stands in the thread
 * @returns where it stands
 * @throws CannotPost when there is no such conversation either
 */
export async function sayInThread(
  { key, place, user }: Stands & { user: string },
  card: Card,
  desk: Pick<Desk, 'outlet'>,
  finish: (card: Card) => Promise<void>,
  signal: AbortSignal,
): Promise<Stands> {
  try {
    await finish(card);
    return { key, place };
  } catch (error) {
    if (!(error instanceof CannotPost) || !isPerson(user) || place.channel.startsWith('D')) throw error;
    return await sayDirectly({ key, place, user }, card, desk, signal);
  }
}

async function sayDirectly(
  { key, place, user }: Stands & { user: string },
  card: Card,
  { outlet }: Pick<Desk, 'outlet'>,
  signal: AbortSignal,
): Promise<Stands> {
  const direct = { key: `${key}/private`, place: await outlet.directPlace(place.team, user, signal) };
  await outlet.put(direct.key, direct.place, card, signal);
  return direct;
}

/**
 * Shows an answer as text: in the thread where everybody there may see it; else to the asker alone, and the thread says no more than
 * that.
 *
 * @param finish puts a card where the answer stands in the thread
 * @returns where it stands; null: nobody can change it any more
 */
export async function giveAnswer(
  given: Given,
  desk: Desk,
  finish: (card: Card) => Promise<void>,
  signal: AbortSignal,
): Promise<Stands | null> {
  const { result, place, user, venue } = given;
  const language = result.turn.replies[0]?.language ?? 'en';
  const card = answerCard(viewOf(given, [], null));
  if (venue === 'thread') return await sayInThread(given, card, desk, finish, signal);
  const stands =
    venue === 'ephemeral' ? await whispered(given, card, desk, signal) : await sayDirectly(given, card, desk, signal);
  try {
    await finish(privateCard({ user, language }));
  } catch (error) {
    // The thread is closed to the bot, and the asker has the answer.
    if (!(error instanceof CannotPost)) throw error;
    desk.log(`the thread ${place.channel} cannot be told where its answer is`);
  }
  return stands;
}

async function whispered(given: Given, card: Card, desk: Desk, signal: AbortSignal): Promise<Stands | null> {
  const { key, place, user } = given;
  try {
    await desk.outlet.whisper(`${key}/private`, place, user, card, signal);
    return null;
  } catch (error) {
    if (!(error instanceof CannotPost)) throw error;
    return await sayDirectly(given, card, desk, signal);
  }
}

/** Adds to an answer that stands what takes longer: its charts, and how many others ask about the same. */
export async function completeAnswer(
  given: Given,
  { key, place }: Stands,
  incident: SharedIncident | null,
  desk: Desk,
  signal: AbortSignal,
): Promise<void> {
  const charts = await uploaded(given.result.charts, key, desk, signal);
  if (charts.length === 0 && (incident === null || incident.others === 0)) return;
  await desk.outlet.put(key, place, answerCard(viewOf(given, charts, incident)), signal);
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
