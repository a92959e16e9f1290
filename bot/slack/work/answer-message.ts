import type { Language } from '../../../knowledge/bilingual.ts';
import { mayOpenCase } from '../../access/case-access.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Answered } from '../../answering/answer-job.ts';
import { AnsweringLost } from '../../answering/answer-pool.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { KeptCase } from '../../cases/kept-cases/kept-cases.ts';
import type { Place } from '../../cases/place.ts';
import { languageOfWords } from '../../conversation/language-of-words.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Told } from '../../render/slack/told-card.ts';
import { toldCard } from '../../render/slack/told-card.ts';
import { answerPlace } from './answer-place.ts';
import type { Desk, FetchedFiles } from './desk.ts';
import { completeAnswer, giveAnswer } from './give-answer.ts';
import { keptAnswer } from './kept-answer.ts';
import { noteAnswer } from './note-answer.ts';
import { answerKey, progressKey, showProgress } from './progress.ts';
import { TAKEN_BACK, type WorkEnd } from './work-loop.ts';

/** So often an answer may be interrupted or break before the asker is told that there is none. */
const MOST_ATTEMPTS = 4;
/** What broke is tried again after so long. */
const AGAIN_MS = 1_500;
/** How long an answer that stands waits for its progress to go; it goes on by itself afterwards. */
const TIDY_MS = 3_000;
/** A word to somebody who cancelled is posted although the work is over. */
const LAST_WORD_MS = 30_000;

/** What an answer is being worked out for. */
interface Answering {
  claimed: Claimed;
  /** The words to answer: of the message, or those that a button stands for. */
  text: string;
  place: Place;
  language: Language;
  viewer: Viewer;
  /** The case of the thread, where this person may see it. */
  kept: KeptCase | null;
}

/** Puts a card where the answer stands. */
type Finish = (card: Card) => Promise<void>;

/** Answers one message: progress in its thread, then the answer, once, whatever happens in between. */
export async function answerMessage(
  claimed: Claimed,
  desk: Desk,
  signal: AbortSignal,
  text = claimed.incoming.text,
): Promise<WorkEnd> {
  const { incoming, thread, attempt } = claimed;
  const language = languageFor(text, desk);
  const place = await answerPlace(claimed, desk, language, signal);
  const viewer = await desk.rights.viewer(place.team, incoming.user);
  const found = thread.caseId === null ? null : await desk.cases.read(thread.caseId);
  const kept = found !== null && mayOpenCase(viewer, found.about) ? found : null;
  const answering: Answering = { claimed, text, place, language, viewer, kept };
  const put: Finish = async (card) => {
    await desk.outlet.put(answerKey(incoming.key), place, card, signal);
  };
  // Worked out before a crash, and perhaps not shown: it is shown, not worked out again.
  const before = keptAnswer(found, incoming.key);
  if (before !== null) return await show(before, answering, desk, put, [], signal);
  if (attempt > MOST_ATTEMPTS) return await tell({ kind: 'error', id: thread.id }, answering, desk, put);
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
  const { claimed, text, place, language, viewer, kept } = answering;
  const { incoming } = claimed;
  const progress = showProgress(
    {
      key: incoming.key,
      place,
      user: incoming.user,
      asked: text,
      language,
      mayShow: async ({ ownership }) =>
        ownership !== null && (await desk.rights.venue(place, incoming.user, [ownership])) === 'thread',
      onFirst: () => desk.meter.firstCard(desk.now() - incoming.sentAtMs),
      signal,
    },
    desk,
  );
  try {
    const job = { kept: kept?.text ?? null, text, files, language: desk.language, cluster: null, viewer };
    const result = await desk.pool.answer(job, (event) => progress.hear(event), signal);
    await progress.end();
    if (result.outcome === 'not_asked')
      return await tell({ kind: 'cannot_ask', why: result.why }, answering, desk, progress.finish);
    await keep(result, answering, desk);
    const told = notes.map((note) => note[language]);
    return await show(result, answering, desk, progress.finish, told, signal);
  } catch (error) {
    await progress.end();
    if (signal.reason === TAKEN_BACK) {
      const lastWord: Finish = async (card) => {
        await desk.outlet.put(answerKey(incoming.key), place, card, AbortSignal.timeout(LAST_WORD_MS));
      };
      await tell({ kind: 'cancelled' }, answering, desk, lastWord);
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
  { claimed, place }: Answering,
  desk: Desk,
  finish: Finish,
  notes: readonly string[],
  signal: AbortSignal,
): Promise<WorkEnd> {
  const { incoming } = claimed;
  const { key, user } = incoming;
  const venue = await desk.rights.venue(place, user, result.about);
  const given = { result, key: answerKey(key), place, user, venue, notes };
  await giveAnswer(given, desk, finish, signal);
  desk.meter.final(desk.now() - incoming.sentAtMs, Object.values(result.diagnoses)[0]?.outcome ?? 'said');
  await tidy(key, place, desk);
  const incident = await noteAnswer({ result, place, claimed }, desk, signal);
  await completeAnswer(given, incident, desk, signal);
  return { finish: 'answered' };
}

/** Tells why there is no answer, in the place of the answer. */
async function tell(
  reason: Told,
  { claimed, place, language }: Answering,
  desk: Desk,
  finish: Finish,
): Promise<WorkEnd> {
  const { incoming } = claimed;
  await finish(toldCard({ reason, language }));
  desk.meter.final(desk.now() - incoming.sentAtMs, reason.kind);
  await tidy(incoming.key, place, desk);
  return { finish: 'told' };
}

/** What told how far the answer was has served its turn. */
async function tidy(key: string, place: Place, desk: Desk): Promise<void> {
  await desk.outlet.status(place, null);
  const gone = desk.outlet
    .remove(progressKey(key), place, AbortSignal.timeout(LAST_WORD_MS))
    .catch((error: unknown) => desk.log('progress cannot be taken away', error));
  await Promise.race([gone, new Promise((done) => setTimeout(done, TIDY_MS).unref())]);
}

/** The language to speak before an answer has one of its own. */
export function languageFor(text: string, { language }: Pick<Desk, 'language'>): Language {
  return language === 'auto' ? (languageOfWords([text]) ?? 'en') : language;
}
