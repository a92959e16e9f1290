import type { HeldCase, Thread, Turn } from '../conversation/thread.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';

/**
 * Test builder: the text of a kept conversation (`writePlainCase`) of one question about one diagnosis, with follow-ups; typed by hand,
 * without the investigation, which no face reads.
 */
export function keptCaseText(
  id: string,
  faces: HeldCase['faces'],
  more: { followUps?: readonly string[]; charts?: HeldCase['charts'] } = {},
): string {
  const { followUps = [], charts = [] } = more;
  const { language } = faces.en.question;
  const turn = (number: number, said: string, diagnosis: string | null): Turn => ({
    number,
    at: `2026-11-21T10:0${number}:00.000Z`,
    said,
    replies: [
      {
        kind: 'new_question',
        asked: said,
        language,
        text: diagnosis === null ? `answer to ${said}` : '',
        evidence: [],
        passages: [],
        diagnosis,
        author: 'analyst',
      },
    ],
  });
  const thread: Thread = {
    schemaVersion: 1,
    id,
    language: null,
    open: faces.en.id,
    diagnoses: [faces.en.id],
    turns: [turn(1, faces.en.question.text, faces.en.id), ...followUps.map((said, at) => turn(at + 2, said, null))],
  };
  return JSON.stringify({
    schemaVersion: 1,
    thread,
    cases: [{ faces, charts, investigation: {} }],
    cited: [],
    spare: [],
  });
}

/** Both faces of a diagnosis whose texts are the same in both languages. */
export function facesOf(diagnosis: Diagnosis): HeldCase['faces'] {
  const face = (language: 'en' | 'zh'): Diagnosis => ({ ...diagnosis, question: { ...diagnosis.question, language } });
  return { en: face('en'), zh: face('zh') };
}
