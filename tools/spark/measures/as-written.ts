import type { Finding } from '../../evidence/finding.ts';
import type { SparkRun } from '../facts.ts';

/**
 * Findings with their evidence attributed to who may be believed to have written the runs' records: rules cite them as the
 * engine's, but a log that the asker handed in is worth the asker's word, whatever it looks like.
 */
export function asWritten(
  findings: readonly Finding[],
  runs: readonly Pick<SparkRun, 'sources' | 'provenance'>[],
): Finding[] {
  const handedIn = runs.filter(({ provenance }) => provenance !== 'engine');
  if (handedIn.length === 0) return [...findings];
  const writers = new Map(handedIn.flatMap(({ sources, provenance }) => sources.map((source) => [source, provenance])));
  return findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.map((piece) => {
      const writer = piece.provenance === 'engine' ? writers.get(piece.source) : undefined;
      return writer === undefined ? piece : { ...piece, provenance: writer };
    }),
  }));
}
