import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { joinFindings } from './join-findings.ts';

/**
 * Two witnesses who together prove what neither proves alone. The first says it in a stream anybody may write to; the second is
 * a writer of its own that saw the same state in the same process at the same time.
 */
const WITNESSES: readonly {
  code: CauseCode;
  told: CauseCode;
  provenance: Finding['evidence'][number]['provenance'];
}[] = [
  // An OutOfMemoryError printed by the program, and the collector's own log: a full collection freed nothing.
  { code: 'memory.executor_heap_oom', told: 'memory.gc_overhead', provenance: 'jvm' },
  { code: 'memory.driver_heap_oom', told: 'memory.gc_overhead', provenance: 'jvm' },
];

/** The witness has to have seen it at most this long before. */
const TOGETHER_MS = 60_000;
/** A process key, not only the same application or host. */
const SAME_PROCESS = 80;

/** Findings of which a second witness was found become observed and carry both proofs. */
export function corroborate(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    if (finding.kind === 'observed') return finding;
    const witness = WITNESSES.filter(({ code }) => code === finding.code)
      .flatMap(({ told, provenance }) =>
        findings.filter(
          (other) => other.code === told && other.evidence.some((piece) => piece.provenance === provenance),
        ),
      )
      .find((other) => isSameProcess(finding, other));
    return witness
      ? { ...finding, kind: 'observed', evidence: [...finding.evidence, ...witness.evidence.slice(0, 1)] }
      : finding;
  });
}

function isSameProcess(finding: Finding, other: Finding): boolean {
  const join = joinFindings(finding, other);
  if (join === null || join.strength < SAME_PROCESS) return false;
  return finding.at === null || other.at === null || Math.abs(finding.at - other.at) <= TOGETHER_MS;
}
