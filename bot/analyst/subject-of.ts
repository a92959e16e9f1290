import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { calledByAsker } from '../investigation/subject/called-by-asker.ts';

/** The subject as the contract writes it; null when none could be chosen. */
export function subjectOf(investigation: Investigation): Diagnosis['subject'] {
  const { subject, report } = investigation;
  if (report) return { kind: report.kind, id: report.id };
  if (subject.kind === 'unknown_id') return { kind: 'spark_application', id: subject.id };
  if (subject.kind !== 'chosen') return null;
  const { kind, id, host } = subject.candidate;
  const name = calledByAsker(subject.candidate, investigation.question.jobNames);
  // A program has no id of its own: it is told by its name and the host it ran on.
  if (kind === 'program') return { kind: host ? 'host' : 'path', id: host ?? id, ...(name ? { name } : {}) };
  return { kind, id, ...(name ? { name } : {}) };
}

/** How the subject is called in a sentence: by name, with its id behind it. */
export function spokenSubject(investigation: Investigation): string {
  const subject = subjectOf(investigation);
  const said = investigation.question.jobNames[0];
  if (!subject) return said ?? (investigation.language === 'zh' ? '这次运行' : 'The run');
  return subject.name ? `${subject.name} (${subject.id})` : subject.id;
}
