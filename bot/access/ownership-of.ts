import type { PlainCase } from '../conversation/plain-case.ts';
import type { HeldCase } from '../conversation/thread.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { Ownership } from './ownership.ts';

/**
 * Whose runs something tells of, for the store: one investigation, one held case, or a whole conversation with all that was said in it.
 * Of what was kept before this was noted, the subject alone is known.
 */
export function ownershipOf(told: Investigation | HeldCase | PlainCase): Ownership[] {
  const runs = 'thread' in told ? ofConversation(told) : ofInvestigation('faces' in told ? told.investigation : told);
  return [...new Map(runs.map((run) => [run.id, run])).values()];
}

function ofConversation({ thread, cases }: PlainCase): readonly Ownership[] {
  return [...(thread.about ?? []), ...cases.flatMap(({ investigation }) => ofInvestigation(investigation))];
}

function ofInvestigation({ about, subject }: Investigation): readonly Ownership[] {
  if (about) return about;
  if (subject.kind !== 'chosen') return [];
  const { id, names, user, queue } = subject.candidate;
  return [{ id, names, user, queue }];
}
