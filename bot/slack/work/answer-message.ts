import type { Language } from '../../../knowledge/bilingual.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Answered } from '../../answering/answer-job.ts';
import { AnsweringLost, AnsweringTooLong } from '../../answering/answer-pool.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { Place } from '../../cases/place.ts';
import { languageOfWords } from '../../conversation/language-of-words.ts';
import type { Card } from '../../render/slack/card.ts';
import { helpCard } from '../../render/slack/help-card.ts';
import type { Told } from '../../render/slack/told-card.ts';
import { toldCard } from '../../render/slack/told-card.ts';
import { asksForHelp } from '../intake/command-wish.ts';
import { againIn } from './after-failure.ts';
import { answerPlace } from './answer-place.ts';
import { type CaseOf, caseOf } from './case-of.ts';
import type { Desk, FetchedFiles } from './desk.ts';
import { completeAnswer, giveAnswer, sayInThread } from './give-answer.ts';
import { keptAnswer } from './kept-answer.ts';
import { noteAnswer } from './note-answer.ts';
import { answerKey, progressKey, showProgress } from './progress.ts';
import { sayAlone } from './say-alone.ts';
import { unlessTakenBack } from './unless-taken-back.ts';
import { TAKEN_BACK, type WorkEnd } from './work-loop.ts';

/** So often an answer may be interrupted or break before the asker is told that there is none. */
const MOST_ATTEMPTS = 4;
/** How long an answer that stands waits for its progress to go; it goes on by itself afterwards. */
const TIDY_MS = 3_000;
/** So long it is tried to take the progress away. */
const LAST_WORD_MS = 30_000;

/** What an answer is being worked out for. */
interface Answering {
  claimed: Claimed;
  /** The words to answer: of the message, or those that a button stands for. */
  text: string;
  place: Place;
  language: Language;
  viewer: Viewer;
  /** The case that it goes on with, and where it is kept. */
  of: CaseOf;
}

/** Puts a card where the answer stands. */
type Finish = (card: Card) => Promise<void>;

/** The answer was kept and another process wrote the same case meanwhile. */
class WrittenMeanwhile extends Error {}

/** Answers one message: progress in its thread, then the answer, once, whatever happens in between. */
export async function answerMessage(
  claimed: Claimed,
  desk: Desk,
  signal: AbortSignal,
  text = claimed.incoming.text,
): Promise<WorkEnd> {
  const { incoming, thread, attempt, takenBack } = claimed;
  const language = languageFor(text, desk);
  if (takenBack && thread.place.threadTs === null) {
    // A command that was never begun: nothing stands in the channel, and nothing need.
    const card = toldCard({ reason: { kind: 'cancelled' }, language });
    const { key, user } = incoming;
    await sayAlone(desk, { key: `told/${key}`, place: thread.place, user }, card, signal);
    return { finish: 'cancelled' };
  }
  const place = await answerPlace(claimed, desk, language, signal);
  const viewer = await desk.rights.viewer(place.team, incoming.user);
  const of = await caseOf(claimed, viewer, desk);
  const answering: Answering = { claimed, text, place, language, viewer, of };
  const put: Finish = async (card) => {
    await desk.outlet.put(answerKey(incoming.key), place, card, signal);
  };
  // Worked out before a crash, and perhaps not shown: it is shown, not worked out again.
  const before = keptAnswer(of.kept, incoming.key);
  if (before !== null) {
    const showing = unlessTakenBack(signal);
    return await show(await withCharts(before, desk, showing), answering, desk, put, [], showing);
  }
  if (takenBack) return await tell({ kind: 'cancelled' }, answering, desk, put, signal, 'cancelled');
  if (attempt > MOST_ATTEMPTS) return await tell({ kind: 'error', id: thread.id }, answering, desk, put, signal);
  const fetched = await desk.fetchFiles(incoming.key, incoming.files, signal);
  try {
    if (asksForHelp(text) && fetched.files.length === 0) return await offerHelp(answering, fetched, desk, put, signal);
    return await workOut(answering, fetched, desk, signal);
  } finally {
    await fetched.remove();
  }
}

/** Charts are not kept as pictures: they are drawn again, or the answer would lose those that it shows already. */
async function withCharts(before: Answered, desk: Desk, signal: AbortSignal): Promise<Answered> {
  const first = before.turn.replies.find(({ diagnosis }) => diagnosis !== null);
  if (!first || first.diagnosis === null) return before;
  const { diagnosis, language } = first;
  try {
    return { ...before, charts: await desk.pool.charts({ kept: before.kept, diagnosis, language }, signal) };
  } catch (error) {
    if (signal.aborted) throw error;
    desk.log('the charts of a kept answer cannot be drawn', error);
    return before;
  }
}

async function workOut(
  answering: Answering,
  { files, notes }: FetchedFiles,
  desk: Desk,
  signal: AbortSignal,
): Promise<WorkEnd> {
  const { claimed, text, place, language, viewer, of } = answering;
  const { incoming, attempt } = claimed;
  const showing = unlessTakenBack(signal);
  const progress = showProgress(
    {
      key: incoming.key,
      place,
      user: incoming.user,
      asked: text,
      language,
      mayShow: async ({ ownership }) =>
        ownership !== null && (await desk.rights.venue(place, incoming.user, [ownership])) === 'thread',
      limited: desk.rights.limited,
      onFirst: () => desk.meter.firstCard(desk.now() - incoming.sentAtMs),
      signal: showing,
    },
    desk,
  );
  let isKept = false;
  try {
    const job = { kept: of.kept?.text ?? null, text, files, language: desk.language, cluster: null, viewer };
    const result = await desk.pool.answer(job, (event) => progress.hear(event), signal);
    await progress.end();
    if (result.outcome === 'not_asked')
      return await tell({ kind: 'cannot_ask', why: result.why }, answering, desk, progress.finish, showing);
    await keep(result, answering, desk);
    isKept = true;
    const told = notes.map((note) => note[language]);
    // From here on it is too late to take it back: the answer is there.
    return await show(result, answering, desk, progress.finish, told, showing);
  } catch (error) {
    await progress.abandon();
    if (isKept) throw error;
    const put: Finish = async (card) => {
      await desk.outlet.put(answerKey(incoming.key), place, card, showing);
    };
    if (signal.reason === TAKEN_BACK)
      return await tell({ kind: 'cancelled' }, answering, desk, put, showing, 'cancelled');
    if (signal.aborted) throw error;
    // Worked out once more it would take as long.
    if (error instanceof AnsweringTooLong)
      return await tell({ kind: 'error', id: claimed.thread.id }, answering, desk, put, showing);
    desk.meter.broke();
    if (!(error instanceof AnsweringLost)) desk.log('an answer could not be worked out', error);
    return { againInMs: againIn(attempt) };
  }
}

/** Written down before it is shown: an answer that was seen can be asked about. */
async function keep(result: Answered, { claimed, place, of }: Answering, desk: Desk): Promise<void> {
  const { incoming } = claimed;
  const { kept, threadId, beside } = of;
  const isWritten = await desk.cases.keep({
    id: result.caseId,
    threadId,
    beside,
    text: result.kept,
    about: result.about,
    turns: { ...kept?.turns, [incoming.key]: result.turn.number },
    asker: incoming.user,
    isPrivate: place.channel.startsWith('D'),
    ...(kept === null ? {} : { goesOnFrom: kept.updatedAtMs }),
  });
  // A button that stands elsewhere went on with the same case: this turn is worked out anew, after that one.
  if (!isWritten) throw new WrittenMeanwhile('the case was gone on with elsewhere');
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
  if (venue !== 'thread' && incoming.way === 'alert') {
    // Nobody asked whom it could be shown to.
    await tidy(key, place, desk);
    return { finish: 'ignored' };
  }
  const given = { result, key: answerKey(key), place, user, venue, notes };
  const stands = await giveAnswer(given, desk, finish, signal);
  desk.meter.final(desk.now() - incoming.sentAtMs, Object.values(result.diagnoses)[0]?.outcome ?? 'said');
  await tidy(key, place, desk);
  const incident = await noteAnswer({ result, place, claimed }, desk, signal);
  if (stands !== null) await completeAnswer(given, stands, incident, desk, signal);
  return { finish: 'answered' };
}

/** Tells why there is no answer, in the place of the answer. */
async function tell(
  reason: Told,
  { claimed, place, language }: Answering,
  desk: Desk,
  finish: Finish,
  signal: AbortSignal,
  how: 'told' | 'cancelled' = 'told',
): Promise<WorkEnd> {
  const { incoming } = claimed;
  const { key, user } = incoming;
  await sayInThread({ key: answerKey(key), place, user }, toldCard({ reason, language }), desk, finish, signal);
  desk.meter.final(desk.now() - incoming.sentAtMs, reason.kind);
  await tidy(key, place, desk);
  return { finish: how };
}

/** Nothing was asked: what can be. */
async function offerHelp(
  { claimed, place, language }: Answering,
  { notes }: Pick<FetchedFiles, 'notes'>,
  desk: Desk,
  finish: Finish,
  signal: AbortSignal,
): Promise<WorkEnd> {
  const { key, user } = claimed.incoming;
  const card = helpCard({ language, notes: notes.map((note) => note[language]) });
  await sayInThread({ key: answerKey(key), place, user }, card, desk, finish, signal);
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
