import type { Language } from '../../../knowledge/bilingual.ts';
import { mayOpenCase } from '../../access/case-access.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Answered } from '../../answering/answer-job.ts';
import { AnsweringLost } from '../../answering/answer-pool.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { KeptCase } from '../../cases/kept-cases/kept-cases.ts';
import type { Place } from '../../cases/place.ts';
import { languageOfWords } from '../../conversation/language-of-words.ts';
import type { Told } from '../../render/slack/told-card.ts';
import { toldCard } from '../../render/slack/told-card.ts';
import { answerPlace } from './answer-place.ts';
import type { Desk, FetchedFiles } from './desk.ts';
import { completeAnswer, giveAnswer } from './give-answer.ts';
import { keptAnswer } from './kept-answer.ts';
import { noteAnswer } from './note-answer.ts';
import { showProgress } from './progress.ts';
import { TAKEN_BACK, type WorkEnd } from './work-loop.ts';

/** So often an answer may be interrupted or break before the asker is told that there is none. */
const MOST_ATTEMPTS = 4;
/** What broke is tried again after so long. */
const AGAIN_MS = 1_500;

/** What an answer is being worked out for. */
interface Answering {
  claimed: Claimed;
  /** The words to answer: of the message, or those that a button stands for. */
  text: string;
  /** Key of the message that becomes the answer. */
  key: string;
  place: Place;
  language: Language;
  viewer: Viewer;
  /** The case of the thread, where this person may see it. */
  kept: KeptCase | null;
}

/** Answers one message: progress in its thread, then the answer, once, whatever happens in between. */
export async function answerMessage(
  claimed: Claimed,
  desk: Desk,
  signal: AbortSignal,
  text = claimed.incoming.text,
): Promise<WorkEnd> {
  const { incoming, thread, attempt } = claimed;
  const language = languageFor(text, desk);
  const key = `answer/${incoming.key}`;
  const place = await answerPlace(claimed, desk, language, signal);
  const viewer = await desk.rights.viewer(place.team, incoming.user);
  const found = thread.caseId === null ? null : await desk.cases.read(thread.caseId);
  const kept = found !== null && mayOpenCase(viewer, found.about) ? found : null;
  const answering: Answering = { claimed, text, key, place, language, viewer, kept };
  // Worked out before a crash, and perhaps not shown: it is shown, not worked out again.
  const before = keptAnswer(found, incoming.key);
  if (before !== null) return await show(before, answering, desk, [], signal);
  if (attempt > MOST_ATTEMPTS) return await tell({ kind: 'error', id: thread.id }, answering, desk, signal);
  const fetched = await desk.fetchFiles(incoming.key, incoming.files, signal);
  try {
    return await workOut(answering, fetched, desk, signal);
  } finally {
    await fetched.remove();
  }
}

async function workOut(
  answering: Answering,
  { files, notes }: FetchedFiles,
  desk: Desk,
  signal: AbortSignal,
): Promise<WorkEnd> {
  const { claimed, text, key, place, language, viewer, kept } = answering;
  const { incoming } = claimed;
  const progress = showProgress({
    key,
    place,
    asked: text,
    language,
    outlet: desk.outlet,
    mayShow: async ({ ownership }) =>
      ownership !== null && (await desk.rights.venue(place, incoming.user, [ownership])) === 'thread',
    onFirst: () => desk.meter.firstCard(desk.now() - incoming.sentAtMs),
    log: desk.log,
    signal,
  });
  try {
    const job = { kept: kept?.text ?? null, text, files, language: desk.language, cluster: null, viewer };
    const result = await desk.pool.answer(job, (event) => progress.hear(event), signal);
    await progress.end();
    if (result.outcome === 'not_asked')
      return await tell({ kind: 'cannot_ask', why: result.why }, answering, desk, signal);
    await keep(result, answering, desk);
    return await show(
      result,
      answering,
      desk,
      notes.map((note) => note[language]),
      signal,
    );
  } catch (error) {
    await progress.end();
    if (signal.reason === TAKEN_BACK) {
      // The work is over; what is left is a word to the asker, which nobody takes back.
      await tell({ kind: 'cancelled' }, answering, desk, AbortSignal.timeout(30_000));
      return { finish: 'cancelled' };
    }
    if (signal.aborted) throw error;
    desk.meter.broke();
    if (!(error instanceof AnsweringLost)) desk.log('an answer could not be worked out', error);
    return { againInMs: AGAIN_MS };
  }
}

/** Written down before it is shown: an answer that was seen can be asked about. */
async function keep(result: Answered, { claimed, kept }: Answering, desk: Desk): Promise<void> {
  const { incoming, thread } = claimed;
  // Somebody who may not see the case of a thread has one of their own, which the thread does not become.
  const foreign = thread.caseId !== null && kept === null;
  await desk.cases.keep({
    id: result.caseId,
    threadId: foreign ? null : thread.id,
    text: result.kept,
    about: result.about,
    turns: { ...kept?.turns, [incoming.key]: result.turn.number },
  });
}

async function show(
  result: Answered,
  answering: Answering,
  desk: Desk,
  notes: readonly string[],
  signal: AbortSignal,
): Promise<WorkEnd> {
  const { claimed, key, place } = answering;
  const { incoming } = claimed;
  const venue = await desk.rights.venue(place, incoming.user, result.about);
  const given = { result, key, place, user: incoming.user, venue, notes };
  await giveAnswer(given, desk, signal);
  desk.meter.final(desk.now() - incoming.sentAtMs, Object.values(result.diagnoses)[0]?.outcome ?? 'said');
  await desk.outlet.status(place, null);
  const incident = await noteAnswer({ result, place, claimed }, desk, signal);
  await completeAnswer(given, incident, desk, signal);
  return { finish: 'answered' };
}

/** Tells why there is no answer, in the place of the answer. */
async function tell(
  reason: Told,
  { claimed, key, place, language }: Answering,
  desk: Desk,
  signal: AbortSignal,
): Promise<WorkEnd> {
  await desk.outlet.put(key, place, toldCard({ reason, language }), signal);
  await desk.outlet.status(place, null);
  desk.meter.final(desk.now() - claimed.incoming.sentAtMs, reason.kind);
  return { finish: 'told' };
}

/** The language to speak before an answer has one of its own. */
export function languageFor(text: string, { language }: Pick<Desk, 'language'>): Language {
  return language === 'auto' ? (languageOfWords([text]) ?? 'en') : language;
}
