import { answerCard } from '../../../render/slack/answer-card.ts';
import { toldCard } from '../../../render/slack/told-card.ts';
import { keptAnswer } from '../kept-answer.ts';
import { sayAlone } from '../say-alone.ts';
import type { ActionHandler } from './action-handler.ts';

/** Shows the last answer of a kept case to whoever asks for it, and to nobody else; of a command without a case, what waits. */
export const showCase: ActionHandler = async ({ claimed, kept, language }, desk, signal) => {
  const { incoming, thread } = claimed;
  if (kept === null && incoming.way === 'command') {
    const waiting = await desk.inbox.underWayOf(incoming.place.team, incoming.user);
    const count = waiting.filter((id) => id !== thread.id).length;
    const card = toldCard({ reason: { kind: 'waiting', count }, language });
    return await sayAlone(desk, { ...incoming, key: `show/${incoming.key}` }, card, signal);
  }
  const [last] = Object.entries(kept?.turns ?? {}).sort(([, a], [, b]) => b - a);
  const answered = last ? keptAnswer(kept, last[0]) : null;
  const card =
    answered === null
      ? toldCard({ reason: { kind: 'no_case' }, language })
      : answerCard({
          turn: answered.turn,
          diagnosisOf: (id) => answered.diagnoses[id] ?? null,
          evidence: answered.evidence,
          caseId: answered.caseId,
          charts: [],
          pageUrl: null,
          incident: null,
          notes: [],
        });
  await sayAlone(desk, { ...incoming, key: `show/${incoming.key}` }, card, signal);
};
