import type { Answered } from '../../answering/answer-job.ts';
import type { KeptCase } from '../../cases/kept-cases/kept-cases.ts';
import { readPlainCase } from '../../conversation/plain-case.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { EvidenceBook } from '../../investigation/evidence-book.ts';

/** The answer that a case holds already to something that arrived; null: it holds none. Charts are not kept. */
export function keptAnswer(found: KeptCase | null, key: string): Answered | null {
  const number = found?.turns[key];
  if (found === null || number === undefined) return null;
  const { thread, cases, cited } = readPlainCase(found.text);
  const turn = thread.turns.find((said) => said.number === number);
  if (!turn) return null;
  const faces = new Map(cases.map((held) => [held.faces.en.id, held.faces]));
  const given = turn.replies.flatMap(({ diagnosis, language }): [string, Diagnosis][] => {
    const face = diagnosis === null ? undefined : faces.get(diagnosis)?.[language];
    return face ? [[face.id, face]] : [];
  });
  const shown = new Set(turn.replies.flatMap(({ evidence }) => evidence));
  return {
    outcome: 'answered',
    caseId: thread.id,
    kept: found.text,
    turn,
    diagnoses: Object.fromEntries(given),
    evidence: new EvidenceBook(cited).entries().filter(({ id }) => shown.has(id)),
    about: found.about,
    charts: [],
  };
}
