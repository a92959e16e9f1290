import type { Answered } from '../../answering/answer-job.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { Place } from '../../cases/place.ts';
import { readPlainCase } from '../../conversation/plain-case.ts';
import type { KnownIncident } from '../../escalation/escalation.ts';
import { shouldEscalate } from '../../escalation/escalation-rules.ts';
import type { Desk } from './desk.ts';

/** An answer that was shown. */
export interface Shown {
  result: Answered;
  place: Place;
  claimed: Claimed;
}

/**
 * What follows an answer: others who ask about the same are counted, and a rule may call the support team. What breaks here is logged:
 * the asker has the answer.
 *
 * @returns what else is asked about the same; null: nothing, or it cannot be told
 */
export async function noteAnswer(
  { result, place, claimed: { incoming } }: Shown,
  desk: Desk,
  signal: AbortSignal,
): Promise<KnownIncident | null> {
  const diagnosis = Object.values(result.diagnoses).at(-1);
  if (!diagnosis || diagnosis.outcome === 'refused') return null;
  try {
    const { caseId } = result;
    await desk.escalation.noteCase(
      { caseId, place, asker: incoming.user, diagnosis, cluster: null, askedAtMs: incoming.sentAtMs },
      signal,
    );
    const known = await desk.escalation.incidentOf(caseId);
    const wanted = shouldEscalate({
      diagnosis,
      timesAskedOpen: timesOpen(result),
      feedback: await desk.cases.feedback(caseId),
      askers: (known?.others ?? 0) + 1,
      settings: desk.rules,
    });
    if (wanted?.effect === 'automatic')
      await desk.escalation.escalate({ caseId, by: null, way: wanted.way, said: null }, signal);
    return known;
  } catch (error) {
    if (signal.aborted) throw error;
    desk.log('what follows an answer broke', error);
    return null;
  }
}

/** Answers in a row, to the last, that left the cause open. */
function timesOpen({ kept }: Answered): number {
  const { cases } = readPlainCase(kept);
  const outcomes = cases.map(({ faces }) => faces.en.outcome);
  const settled = outcomes.findLastIndex((outcome) => outcome !== 'needs_more');
  return outcomes.length - 1 - settled;
}
