import type { Language } from '../../../../knowledge/bilingual.ts';
import type { PlainCase } from '../../../conversation/plain-case.ts';
import type { Diagnosis } from '../../../investigation/diagnosis.ts';
import { evidenceCard } from '../../../render/slack/evidence-card.ts';
import { toldCard } from '../../../render/slack/told-card.ts';
import { sayAlone } from '../say-alone.ts';
import type { ActionHandler } from './action-handler.ts';

/** Shows the evidence of an answer, as much as a message takes; "more" goes on where it ended. */
export const showEvidence: ActionHandler = async ({ claimed, action, kept, opened, language }, desk, signal) => {
  const { incoming } = claimed;
  const diagnosis = opened === null ? null : diagnosisMeant(opened, action.diagnosis, language);
  if (kept === null || diagnosis === null) {
    const card = toldCard({ reason: { kind: 'no_case' }, language });
    return await sayAlone(desk, { ...incoming, key: `told/${incoming.key}` }, card, signal);
  }
  const from = Number(action.input.from ?? '0') || 0;
  const card = evidenceCard({ diagnosis, caseId: kept.id, from });
  const venue = await desk.rights.venue(incoming.place, incoming.user, kept.about);
  if (venue === 'thread') {
    // Pressed twice, or by two people: it is shown once.
    const { channel, threadTs } = incoming.place;
    const key = `evidence/${diagnosis.id}/${from}/${channel}/${threadTs ?? ''}`;
    if (await desk.stands(key)) {
      const there = toldCard({ reason: { kind: 'stands_above' }, language });
      return await sayAlone(desk, { ...incoming, key: `told/${incoming.key}` }, there, signal);
    }
    await desk.outlet.put(key, incoming.place, card, signal);
  } else await sayAlone(desk, { ...incoming, key: `evidence/${incoming.key}` }, card, signal);
};

/** The diagnosis that a button is about; without one the case that is open. */
export function diagnosisMeant({ thread, cases }: PlainCase, id: string | null, language: Language): Diagnosis | null {
  const wanted = id ?? thread.open ?? thread.diagnoses.at(-1);
  return cases.find(({ faces }) => faces.en.id === wanted)?.faces[language] ?? null;
}
