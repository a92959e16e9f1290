import type { Finding } from '../../../tools/evidence/finding.ts';
import { joinFindings } from './join-findings.ts';

/** A pair of keys narrower than this says that two findings are about the same thing. */
const SAME_THING = 40;

/**
 * What a finding speaks against is not ruled out where a record of the platform shows that very thing, at the same time and of the same
 * subject: a NameNode in safe mode refuses every change alike, but a reader may have been refused for his rights all the same.
 */
export function standingRefutations(findings: readonly Finding[]): Finding[] {
  const seen = findings.filter(({ code, kind, echo }) => code !== null && kind === 'observed' && !echo);
  return findings.map((finding) => {
    const { refutes } = finding;
    if (!refutes || refutes.length === 0) return finding;
    const kept = refutes.filter(
      ({ code }) => !seen.some((other) => other.code === code && contradicts(other, finding)),
    );
    if (kept.length === refutes.length) return finding;
    const { refutes: _, ...rest } = finding;
    return kept.length === 0 ? rest : { ...rest, refutes: kept };
  });
}

function contradicts(seen: Finding, against: Finding): boolean {
  if (seen === against || seen.evidence.every(({ provenance }) => provenance === 'asker')) return false;
  if (seen.at === null || against.at === null) return false;
  const until = against.until === undefined ? against.at : (against.until ?? Number.POSITIVE_INFINITY);
  const seenUntil = seen.until ?? seen.at;
  if (seenUntil < against.at || seen.at > until) return false;
  // A service for all is spoken of without the keys of anybody's process.
  const ofAll = against.keys.containerId === undefined && against.keys.podUid === undefined;
  return (ofAll && against.sharedService === true) || (joinFindings(seen, against)?.strength ?? 0) >= SAME_THING;
}
