import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { joinFindings } from './join-findings.ts';

/**
 * The root with the word of whoever may prove its code. A program's own print of what a service refused (a complete statement) is
 * often the narrowest telling, but not the one that the catalogue allows at the end of a chain: where the service's record of the same
 * refusal is at hand, joined on a key, the root carries its first piece too. The root itself and its standing stay as they are.
 *
 * @param tellings all findings of the same code
 */
export function proveRoot(root: Finding, tellings: readonly Finding[]): Finding {
  if (root.code === null) return root;
  const { provenance } = causeOf(root.code).proof;
  const rankOf = (finding: Finding) => {
    const ranks = finding.evidence.map((piece) => provenance.indexOf(piece.provenance)).filter((rank) => rank >= 0);
    return ranks.length === 0 ? null : Math.min(...ranks);
  };
  if (root.evidence.length === 0 || rankOf(root) !== null) return root;
  const witnesses = tellings.filter(
    (other) => other !== root && other.kind === 'observed' && rankOf(other) !== null && isOneEvent(root, other),
  );
  // The catalogue names the writer that knows best first.
  const [witness] = witnesses.sort((a, b) => (rankOf(a) ?? 0) - (rankOf(b) ?? 0));
  const piece = witness?.evidence.find((one) => provenance.includes(one.provenance));
  return witness && piece ? { ...root, at: root.at ?? witness.at, evidence: [...root.evidence, piece] } : root;
}

/** What two processes wrote of one event lies so close together, their clocks included. */
const ONE_EVENT_MS = 60_000;

function isOneEvent(root: Finding, other: Finding): boolean {
  if (root.at !== null && other.at !== null && Math.abs(root.at - other.at) > ONE_EVENT_MS) return false;
  return joinFindings(root, other)?.by === 'key';
}
