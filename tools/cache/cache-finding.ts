import type { Finding } from '../evidence/finding.ts';

/** What a rule of this area must say; the rest has one usual value. */
type Said = Pick<Finding, 'rule' | 'statement' | 'evidence'> & Partial<Finding>;

/** A finding of this area: observed, once, of full weight, about a service that many share, unless said otherwise. */
export function cacheFinding(said: Said): Finding {
  return {
    area: 'cache',
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
