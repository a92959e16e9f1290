import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { joinFindings } from './join-findings.ts';
import { resourcesWereGiven } from './resources-were-given.ts';

/** A process key, not only the same application or host. */
const SAME_PROCESS = 80;
/** What the kernel tells of a host, and a process on it. */
const SAME_HOST = 40;
/** The witness has to have seen it at most this long before or after. */
const TOGETHER_MS = 60_000;

interface Witness {
  code: CauseCode;
  /** Who has to have written the finding itself; null for anybody. */
  own: Provenance | null;
  /** What the second witness speaks of, and who it is. */
  told: CauseCode;
  provenance: readonly Provenance[];
  /** How narrow a key has to join them. */
  strength: number;
}

/**
 * Two witnesses who together prove what neither proves alone: each saw the same state of the same process or host at the same
 * time, and neither writes in the other's name.
 */
const WITNESSES: readonly Witness[] = [
  // An OutOfMemoryError printed by the program, and the collector's own log: a full collection freed nothing.
  {
    code: 'memory.executor_heap_oom',
    own: null,
    told: 'memory.gc_overhead',
    provenance: ['jvm'],
    strength: SAME_PROCESS,
  },
  {
    code: 'memory.driver_heap_oom',
    own: null,
    told: 'memory.gc_overhead',
    provenance: ['jvm'],
    strength: SAME_PROCESS,
  },
  // The kernel's counters of a device, and a program on that host that measured its own slow write.
  {
    code: 'storage.slow_disk',
    own: 'kernel',
    told: 'storage.slow_disk',
    provenance: ['user_process', 'engine'],
    strength: SAME_HOST,
  },
];

/**
 * Findings of which a second witness was found become observed and carry both proofs; one that other findings show to be
 * otherwise loses its cause.
 */
export function corroborate(given: readonly Finding[]): Finding[] {
  const findings = resourcesWereGiven(given);
  return findings.map((finding) => {
    if (finding.kind === 'observed') return finding;
    const witness = WITNESSES.filter((entry) => isAbout(entry, finding))
      .flatMap((entry) => findings.filter((other) => other !== finding && testifies(entry, finding, other)))
      .at(0);
    return witness
      ? { ...finding, kind: 'observed', evidence: [...witness.evidence.slice(0, 1), ...finding.evidence] }
      : finding;
  });
}

function isAbout({ code, own }: Witness, finding: Finding): boolean {
  return code === finding.code && (own === null || finding.evidence.some((piece) => piece.provenance === own));
}

function testifies({ told, provenance, strength }: Witness, finding: Finding, other: Finding): boolean {
  if (other.code !== told || !other.evidence.some((piece) => provenance.includes(piece.provenance))) return false;
  const join = joinFindings(other, finding) ?? joinFindings(finding, other);
  if (join === null || join.strength < strength) return false;
  return finding.at === null || other.at === null || Math.abs(finding.at - other.at) <= TOGETHER_MS;
}
