import type { JoinKeys } from '../../tools/evidence/join-keys.ts';
import { applicationOf } from './joining/entity-directory.ts';
import type { rankHypotheses } from './joining/rank-hypotheses.ts';
import type { SubjectChoice } from './subject/candidate.ts';

/** An id nobody knows, or several jobs left: the answer asks back instead of guessing. */
export function subjectMissing(
  subject: SubjectChoice,
  ranked: ReturnType<typeof rankHypotheses>,
  hasText: boolean,
): { verdict: 'needs_more'; causes: typeof ranked } | null {
  // What was pasted with an unknown id is about that run.
  if (subject.kind === 'unknown_id') return hasText ? null : { verdict: 'needs_more', causes: [] };
  if (subject.kind === 'ambiguous') return { verdict: 'needs_more', causes: [] };
  if (subject.kind !== 'unknown_name' || hasText) return null;
  // Nobody goes by that name: what befell runs of other names is not what was asked.
  const theirs = ranked.every(({ root }) => isOfRun(root.keys, subject.others));
  return theirs ? { verdict: 'needs_more', causes: [] } : null;
}

/** Whether keys are those of one of the runs: its id, or a container of it. */
function isOfRun({ applicationId, containerId }: JoinKeys, runs: readonly { id: string }[]): boolean {
  const id = applicationId ?? applicationOf(containerId ?? '');
  return runs.some((run) => run.id === id);
}
