import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';

/** Two tellings of one event lie at most this far apart: the executor's log, the driver's, the history's. */
const SAME_EVENT_MS = 5_000;

const IDENTITY: readonly (keyof JoinKeys)[] = [
  'containerId',
  'executorId',
  'host',
  'pid',
  'taskId',
  'stageId',
  'stageAttempt',
  'path',
  'device',
];

/**
 * Folds tellings of one event: the same code or symptom by the same rule, on keys that do not contradict, at the same time.
 * The first stays, takes over the keys and evidence of the others and counts them.
 */
export function foldFindings(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const same = kept.find((other) => isSameEvent(other, finding));
    if (same) merge(same, finding);
    else kept.push({ ...finding, keys: { ...finding.keys }, evidence: [...finding.evidence] });
  }
  return kept;
}

function isSameEvent(a: Finding, b: Finding): boolean {
  if (a.rule !== b.rule || a.code !== b.code || a.symptom !== b.symptom || a.kind !== b.kind) return false;
  if (a.at === null || b.at === null || Math.abs(a.at - b.at) > SAME_EVENT_MS) return false;
  return IDENTITY.every((key) => a.keys[key] === undefined || b.keys[key] === undefined || a.keys[key] === b.keys[key]);
}

/** At most this many pieces of evidence stay with one finding. */
const MAX_EVIDENCE = 6;

function merge(into: Finding, other: Finding): void {
  into.count += other.count;
  into.keys = { ...other.keys, ...into.keys };
  into.weight = Math.max(into.weight, other.weight);
  for (const piece of other.evidence) {
    if (into.evidence.length < MAX_EVIDENCE) into.evidence.push(piece);
  }
}
