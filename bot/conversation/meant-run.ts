import type { EarlierTurns } from '../investigation/investigation-request.ts';
import type { HeldCase } from './thread.ts';

/** The run that is meant by a follow-up; `aside`: another than that of the open case. */
export type Meant = NonNullable<EarlierTurns['about']> & { aside?: true; compareWith?: 'last-good' };

/** The run of a case, asked about once more; undefined where it is about no run. */
export function meantBy({ investigation }: { investigation: Pick<HeldCase['investigation'], 'subject' | 'question'> }) {
  const { subject, question } = investigation;
  return subject.kind === 'chosen' ? { applicationId: subject.candidate.id, asks: question.asks } : undefined;
}
