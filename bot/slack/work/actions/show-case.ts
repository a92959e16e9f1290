import { answerCard } from '../../../render/slack/answer-card.ts';
import { toldCard } from '../../../render/slack/told-card.ts';
import { keptAnswer } from '../kept-answer.ts';
import { sayAlone } from '../say-alone.ts';
import type { ActionHandler } from './action-handler.ts';

/** Shows the last answer of a kept case to whoever asks for it, and to nobody else. */
export const showCase: ActionHandler = async ({ claimed, kept, language }, desk, signal) => {
  const { incoming } = claimed;
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
