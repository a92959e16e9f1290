import type { Diagnosis } from '../investigation/diagnosis.ts';

/** A case that a person closed: what was asked and answered, and what really helped. */
export interface ResolvedCase {
  diagnosis: Diagnosis;
  /** What fixed it, in the words of whoever resolved it. */
  fixedBy: string;
  /** The cause as the resolver sees it, where it is another than the answer's first. */
  code: string | null;
  /** Who resolved it; null when not said. */
  resolver: string | null;
  /** The day it was resolved, `YYYY-MM-DD`. */
  resolvedOn: string;
}
