import type { Acted, Escalated } from '../../../escalation/escalation.ts';
import { type Handed, handedCard } from '../../../render/slack/handed-card.ts';
import { sayAlone } from '../say-alone.ts';
import type { ActionHandler } from './action-handler.ts';

/** Hands a case to the support team, or moves a hand-off on; who pressed is told what became of it. */
export const toSupport: ActionHandler = async ({ claimed, action, kept, language }, desk, signal) => {
  const { incoming } = claimed;
  const about = { ...action, caseId: action.caseId ?? kept?.id ?? null };
  const acted = await desk.escalation.act(about, incoming.user, incoming.place, signal);
  // The card that was pressed, or the line that now stands in the thread, says it already.
  if (acted.kind === 'done') return;
  if (acted.kind === 'escalated' && isToldInThread(acted.escalated) && incoming.way !== 'command') return;
  const card = handedCard({ handed: handedOf(acted), language });
  await sayAlone(desk, { ...incoming, key: `told/${incoming.key}` }, card, signal);
};

/** The first who asks for a person gets a new line in the thread. */
function isToldInThread(escalated: Escalated): boolean {
  return escalated.kind === 'handed_over' && escalated.first && escalated.reached;
}

function handedOf(acted: Acted): Handed {
  if (acted.kind === 'escalated') return ofEscalated(acted.escalated);
  if (acted.kind === 'bad_input') return { kind: 'bad_input', field: acted.field };
  return { kind: acted.kind };
}

function ofEscalated(escalated: Escalated): Handed {
  if (escalated.kind !== 'resolved_since') return { kind: escalated.kind };
  const { resolvedAtMs, fixedBy } = escalated;
  return { kind: 'resolved_since', at: new Date(resolvedAtMs).toISOString(), fixedBy };
}
