import type { Language } from '../../knowledge/bilingual.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Answer } from './answer.ts';
import { answerTheory } from './answer-theory.ts';
import { answerWhatIf } from './answer-what-if.ts';
import type { Ask } from './ask.ts';
import { showEvidence } from './show-evidence.ts';
import { tellCause, tellChecked, tellRemedies, tellResponsible, tellTime } from './tell-case.ts';
import type { HeldCase } from './thread.ts';

/**
 * A follow-up that code answers from the open case: nothing is read for it.
 *
 * @param entries the evidence cited so far, as a reader may see it
 * @param cite gives a piece of evidence its id; null for one that was not found at its place
 */
export function answerFromCase(
  ask: Ask,
  held: HeldCase,
  language: Language,
  entries: Diagnosis['evidence'],
  cite: (piece: Evidence) => string | null,
): Answer {
  const face = held.faces[language];
  switch (ask.kind) {
    case 'evidence':
      return showEvidence(ask.ids, face, entries, language);
    case 'theory':
      return answerTheory(ask.text, held, language, cite);
    case 'what_if':
      return answerWhatIf(ask.text, held, language);
    case 'responsible':
      return tellResponsible(face);
    case 'remedy':
      return tellRemedies(face, ask.side);
    case 'where_time_went':
      return tellTime(face);
    case 'what_was_checked':
      return tellChecked(face);
    default:
      return tellCause(face);
  }
}
