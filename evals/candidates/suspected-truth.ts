import type { ScenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { readTheories } from '../../bot/investigation/question/read-theories.ts';
import { CAUSE_CODES, type CauseCode } from '../../knowledge/causes/cause-codes.ts';

/** What is known of the truth before anybody proved it. */
export interface SuspectedTruth {
  code: CauseCode;
  /** Whose word it is: the resolver's, the answer's (the resolver let it stand, or nobody objected), who gave feedback, or nobody's. */
  by: 'resolver' | 'answer' | 'feedback' | 'nobody';
  /** Codes that somebody said are not the cause. */
  denied: CauseCode[];
}

/**
 * The cause as people say it: the resolver's; where nobody resolved it, what the feedback names; the answer's only where nobody spoke
 * against it. Where a person says that the answer did not help and names no cause, nothing is known.
 */
export function suspectedTruth({ diagnosis, resolved, feedback }: ScenarioCandidate): SuspectedTruth {
  const answered = diagnosis.rootCauses[0]?.code ?? null;
  const reasons = feedback
    .filter(({ helpful, reason }) => !helpful && reason !== null)
    .map(({ reason }) => reason ?? '');
  const theories = reasons.flatMap((reason) => readTheories(reason, 'failure'));
  const denied = theories.flatMap(({ code, polarity }) => (polarity === 'denies' && code !== null ? [code] : []));
  const suspected = theories.find(({ code, polarity }) => polarity === 'suspects' && code !== null)?.code ?? null;
  const resolvedCode = CAUSE_CODES.find((code) => code === resolved?.code) ?? null;
  const of = (code: CauseCode | null, by: SuspectedTruth['by']): SuspectedTruth => {
    const not = answered !== null && answered !== code && by !== 'nobody' && isFault(answered) ? [answered] : [];
    return {
      code: code ?? 'unknown.insufficient_evidence',
      by: code === null ? 'nobody' : by,
      denied: [...new Set([...not, ...denied])].filter((one) => one !== code),
    };
  };
  if (resolvedCode !== null) return of(resolvedCode, 'resolver');
  if (resolved !== null) return of(answered, 'answer');
  if (suspected !== null) return of(suspected, 'feedback');
  return feedback.some(({ helpful }) => !helpful) ? of(null, 'nobody') : of(answered, 'answer');
}

const isFault = (code: string) => !/^(?:none|unknown)\./.test(code);
