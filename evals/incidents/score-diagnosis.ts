import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { type LastLink, lastLinkOf } from './last-link.ts';

/** What is known to be true of an incident, as far as a diagnosis is scored against it. */
export interface Truth {
  code: string;
  acceptable: readonly string[];
  mustNotCode: readonly string[];
  ledgerAccounts: readonly string[] | null;
}

export interface IncidentScore {
  /** The first code, with its standing. */
  first: string;
  standing: string;
  outcome: string;
  /** The first code is the truth or also right. */
  right: boolean;
  confirmed: boolean;
  /** A wrong code is confirmed, at any rank. */
  wrongConfirmed: string[];
  /** Codes among the root causes that must not be. */
  forbidden: string[];
  /** The comparison's largest delta is a true account; null when the incident says nothing about it. */
  ledgerRight: boolean | null;
  largestDelta: string | null;
  /** What the first cause's last link rests on; null where nothing is claimed. */
  lastLink: LastLink | null;
}

/** Scores one diagnosis against the truth: the first code, what is confirmed, what must not be said, where the time went. */
export function scoreDiagnosis(diagnosis: Diagnosis, truth: Truth): IncidentScore {
  const [first] = diagnosis.rootCauses;
  const rightCodes = [truth.code, ...truth.acceptable];
  const right = first !== undefined && rightCodes.includes(first.code) && outcomeFits(diagnosis.outcome, first.code);
  const wrongConfirmed = diagnosis.rootCauses
    .filter((cause) => cause.standing === 'confirmed' && !rightCodes.includes(cause.code))
    .map((cause) => cause.code);
  const largest = [...(diagnosis.comparison?.accounts ?? [])].sort((a, b) => b.deltaMs - a.deltaMs)[0];
  return {
    first: first?.code ?? '(none)',
    standing: first?.standing ?? '',
    outcome: diagnosis.outcome,
    right,
    confirmed: right && first?.standing === 'confirmed',
    wrongConfirmed,
    forbidden: diagnosis.rootCauses.map((cause) => cause.code).filter((code) => truth.mustNotCode.includes(code)),
    ledgerRight: truth.ledgerAccounts ? largest !== undefined && truth.ledgerAccounts.includes(largest.account) : null,
    largestDelta: largest?.account ?? null,
    lastLink: lastLinkOf(diagnosis),
  };
}

function outcomeFits(outcome: Diagnosis['outcome'], code: string): boolean {
  if (code === 'none.healthy') return outcome === 'healthy';
  if (code === 'none.still_running') return outcome === 'still_running';
  if (code === 'unknown.insufficient_evidence') return outcome === 'needs_more';
  return outcome === 'answered';
}
