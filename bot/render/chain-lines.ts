import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';

/** One line of "how it went", ready for any face. */
export interface ChainLine {
  /** `HH:MM:SS` in UTC, or `''` when the link has no time. */
  clock: string;
  statement: string;
  /** `e3 kernel log, line 12`, one for each citation. */
  citations: string[];
}

/** The chain of a root cause as lines, symptom first, root last. */
export function chainLines(diagnosis: Diagnosis, cause: RootCause): ChainLine[] {
  const byId = new Map(diagnosis.evidence.map((evidence) => [evidence.id, evidence]));
  return cause.chain.map((link) => ({
    clock: link.at ? link.at.slice(11, 19) : '',
    statement: link.statement,
    citations: link.evidence.slice(0, 3).flatMap((id) => {
      const evidence = byId.get(id);
      return evidence ? [`${id} ${shortSource(evidence.source)}, ${evidence.locator}`] : [];
    }),
  }));
}

/** The last two parts of a source: enough to know the file, short enough to read. */
export function shortSource(source: string): string {
  const parts = source.split('/');
  return parts.length <= 2 ? source : `…/${parts.slice(-2).join('/')}`;
}
