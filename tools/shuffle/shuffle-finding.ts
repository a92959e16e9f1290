import type { Finding } from '../evidence/finding.ts';
import type { ShuffleScope } from './shuffle-facts.ts';

/** What a rule of this area must say; the rest has one usual value. */
type Said = Pick<Finding, 'rule' | 'statement' | 'evidence'> & Partial<Finding>;

/**
 * A finding of this area: observed, once, of full weight, about a service that many share, unless said
 * otherwise. What went wrong carries no symptom though the run went on without it; only what cost nothing but time is `slow`.
 */
export function shuffleFinding(said: Said): Finding {
  return {
    area: 'shuffle',
    kind: 'observed',
    code: null,
    keys: {},
    at: null,
    count: 1,
    weight: 1,
    values: {},
    sharedService: true,
    ...said,
  };
}

/** The key of what is proven to be the run's own. */
export function keyOfRun({ applicationId }: ShuffleScope): Finding['keys'] {
  return applicationId === null ? {} : { applicationId };
}
