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
  const acted =
    action.name === 'not_helpful'
      ? await desk.escalation.act(action, incoming.user, incoming.place, signal)
      : ({ kind: 'not_mine' } as const);
  const isHanded = acted.kind === 'escalated' && /^(?:handed_over|known)$/.test(acted.escalated.kind);
  // The line in the thread says it, and the form that opens thanks for the rest.
  if (isHanded && incoming.way === 'button') return;
  const card = toldCard({ reason: { kind: isHanded ? 'thanks_handed' : 'thanks' }, language });
  await sayAlone(desk, { ...incoming, key: `told/${incoming.key}` }, card, signal);
};
