import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { findingFixture } from './finding-fixture.ts';
import type { Hypothesis } from './hypothesis.ts';

/** Test builder: a likely hypothesis of one finding typed by hand, with a chain of that finding alone. */
export function hypothesisFixture(
  code: CauseCode,
  root: Partial<Finding> = {},
  more: Partial<Hypothesis> = {},
): Hypothesis {
  const finding = findingFixture({ code, ...root });
  return {
    code,
    root: finding,
    roots: [finding],
    links: [{ finding, join: null }],
    standing: 'likely',
    reach: 0.8,
    effectOf: null,
    score: 1,
    ...more,
  };
}
