import { remediesFor } from '../analyst/remedies.ts';
import type { RootCause } from '../investigation/diagnosis.ts';
import type { EvidenceBook } from '../investigation/evidence-book.ts';
import type { Investigation } from '../investigation/investigation.ts';
import type { Hypothesis } from '../investigation/joining/hypothesis.ts';

/** A remedy that a model may choose: the catalogue's words with values that code computed. */
export interface OfferedRemedy {
  /** The hypothesis it is for, such as `h1`. */
  hypothesis: string;
  remedy: RootCause['remediations'][number];
}

/** Hypotheses whose remedies are offered; a candidate of an open case has none. */
const WITH_REMEDIES = 2;

/** The remedies of the first hypotheses by id, `r1` first. */
export function caseRemedies(
  hypotheses: ReadonlyMap<string, Hypothesis>,
  { run, language, verdict }: Investigation,
  book: EvidenceBook,
): Map<string, OfferedRemedy> {
  if (verdict !== 'answered') return new Map();
  const offered = [...hypotheses]
    .slice(0, WITH_REMEDIES)
    .flatMap(([id, hypothesis]) =>
      remediesFor(hypothesis, run?.environment.spark ?? {}, language, (evidence) => book.citeAll(evidence)).map(
        (remedy) => ({ hypothesis: id, remedy }),
      ),
    );
  return new Map(offered.map((remedy, at) => [`r${at + 1}`, remedy]));
}
