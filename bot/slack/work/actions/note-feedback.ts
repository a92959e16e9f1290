import { toldCard } from '../../../render/slack/told-card.ts';
import { sayAlone } from '../say-alone.ts';
import type { ActionHandler } from './action-handler.ts';

/** Keeps what a person thought of an answer; one that did not help goes to the support team. */
export const noteFeedback: ActionHandler = async ({ claimed, action, kept, language }, desk, signal) => {
  const { incoming } = claimed;
  if (kept === null) {
    const card = toldCard({ reason: { kind: 'no_case' }, language });
    return await sayAlone(desk, { ...incoming, key: `told/${incoming.key}` }, card, signal);
  }
  await desk.cases.noteFeedback({
    caseId: kept.id,
    diagnosis: action.diagnosis,
    user: incoming.user,
    helpful: action.name === 'helpful',
    reason: action.input.reason?.trim() || null,
    atMs: incoming.sentAtMs,
  });
  if (action.name === 'not_helpful') await desk.escalation.act(action, incoming.user, incoming.place, signal);
  const card = toldCard({ reason: { kind: 'thanks' }, language });
  await sayAlone(desk, { ...incoming, key: `told/${incoming.key}` }, card, signal);
};
