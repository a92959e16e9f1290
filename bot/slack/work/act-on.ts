import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { ActionName } from '../../cases/inbox/incoming.ts';
import { readPlainCase } from '../../conversation/plain-case.ts';
import { toldCard } from '../../render/slack/told-card.ts';
import type { ActionHandler, Pressed } from './actions/action-handler.ts';
import { attachPage } from './actions/attach-page.ts';
import { cancelWork } from './actions/cancel-work.ts';
import { noteFeedback } from './actions/note-feedback.ts';
import { showCase } from './actions/show-case.ts';
import { showEvidence } from './actions/show-evidence.ts';
import { toSupport } from './actions/to-support.ts';
import { answerMessage, languageFor } from './answer-message.ts';
import { caseOf } from './case-of.ts';
import type { Desk } from './desk.ts';
import { sayAlone } from './say-alone.ts';
import type { WorkEnd } from './work-loop.ts';

/** What each button, form and word for it does. */
const HANDLERS: Readonly<Record<Exclude<ActionName, 'compare' | 'recheck'>, ActionHandler>> = {
  helpful: noteFeedback,
  not_helpful: noteFeedback,
  evidence: showEvidence,
  page: attachPage,
  cancel: cancelWork,
  show: showCase,
  support: toSupport,
  take: toSupport,
  reassign: toSupport,
  resolve: toSupport,
  back_to_bot: toSupport,
};

/** Buttons that stand for words: they are answered like a message that says them. */
const SPOKEN: Readonly<Record<'compare' | 'recheck', { en: string; zh: string }>> = {
  compare: { en: 'compare with the last good run', zh: '和上次正常的运行对比一下' },
  recheck: { en: 'look again', zh: '再查一次' },
};

/**
 * What shows nothing of a case: a wish to cancel is about one's own questions; whoever is in the support channel works on hand-offs, which
 * tell no more there than everybody in it may see.
 */
const SHOWS_NOTHING: readonly ActionName[] = ['cancel', 'take', 'reassign', 'resolve', 'back_to_bot'];

/** Works on a button, a form or the words for it. Who may not see its case is told what is told where there is none. */
export async function actOn(claimed: Claimed, desk: Desk, signal: AbortSignal): Promise<WorkEnd> {
  const { incoming, thread, takenBack } = claimed;
  const { action, key, place, user } = incoming;
  if (action === null) throw new Error('a message is no action');
  const viewer = await desk.rights.viewer(place.team, user);
  const { kept } = await caseOf(claimed, viewer, desk);
  const isMine = kept !== null && (action.caseId === null || action.caseId === kept.id);
  const opened = isMine ? readPlainCase(kept.text) : null;
  const language = opened?.thread.turns.at(-1)?.replies.at(-1)?.language ?? languageFor(incoming.text, desk);
  const isSpoken = action.name === 'compare' || action.name === 'recheck';
  if (takenBack && !isSpoken) {
    const card = toldCard({ reason: { kind: 'cancelled' }, language });
    await sayAlone(desk, { key: `told/${key}`, place, user }, card, signal);
    return { finish: 'cancelled' };
  }
  const isMeant = action.caseId !== null || thread.caseId !== null;
  if (isMeant && !isMine && !SHOWS_NOTHING.includes(action.name)) {
    const card = toldCard({ reason: { kind: 'not_found' }, language });
    await sayAlone(desk, { key: `told/${key}`, place, user }, card, signal);
    return { finish: 'told' };
  }
  if (action.name === 'compare' || action.name === 'recheck')
    return await answerMessage(claimed, desk, signal, SPOKEN[action.name][language]);
  const pressed: Pressed = { claimed, action, kept: isMine ? kept : null, opened, language };
  await HANDLERS[action.name](pressed, desk, signal);
  return { finish: 'answered' };
}
