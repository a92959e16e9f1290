import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { neededEvidence } from '../../analyst/needed-evidence.ts';
import { openCaseOf } from '../../analyst/open-case.ts';
import type { Diagnosis, RootCause } from '../diagnosis.ts';
import type { Investigation } from '../investigation.ts';

const LOST = {
  en: 'What spoke for the cause could not be read again where it was said to stand, so nothing is proven and I won’t guess.',
  zh: '支持该原因的记录无法在所说的位置再次读到，因此没有得到证实，不做猜测。',
} as const;

/**
 * A cause of whose proof nothing passed the gate is no answer: it becomes a candidate, and where no other cause is left the case is
 * open. A cause that never had a line to cite (the asker's own words) is left as it is.
 *
 * @param before the causes as they came to the gate, in the same order
 */
export function withoutUnproven(
  checked: Diagnosis,
  before: readonly RootCause[],
  investigation: Investigation,
): Diagnosis {
  if (checked.outcome !== 'answered') return checked;
  const lost = checked.rootCauses.filter((cause, at) => hasLostAll(before[at], cause));
  if (lost.length === 0) return checked;
  const left = checked.rootCauses.filter((cause) => !lost.includes(cause));
  if (left.length > 0) return { ...checked, rootCauses: left };
  const { language } = checked.question;
  const open = openCaseOf({ ...investigation, verdict: 'needs_more' });
  return {
    ...checked,
    outcome: 'needs_more',
    summary: LOST[language],
    rootCauses: [
      {
        code: 'unknown.insufficient_evidence',
        statement: LOST[language],
        standing: 'inconclusive',
        responsibility: 'unknown',
        component: null,
        at: null,
        chain: [],
        remediations: [],
      },
      ...lost.map(
        (cause): RootCause => ({
          ...cause,
          statement: causeOf(cause.code).meaning[language],
          standing: 'inconclusive',
          chain: [],
          remediations: [],
        }),
      ),
    ],
    whatIf: [],
    needed: neededEvidence(open).map(({ what, how }) => ({ what: what[language], how: how[language] })),
  };
}

function hasLostAll(before: RootCause | undefined, after: RootCause): boolean {
  const cites = (cause: RootCause) => cause.chain.some(({ evidence }) => evidence.length > 0);
  return before !== undefined && cites(before) && !cites(after);
}
