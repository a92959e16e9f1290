import type { Finding, Symptom } from '../../../tools/evidence/finding.ts';

/** Executors that were started and ended: whoever started them had room for them. */
const STARTED_AND_ENDED: ReadonlySet<Symptom> = new Set<Symptom>([
  'executor_lost',
  'container_exited',
  'process_crashed',
]);
/** One executor may have been the last that there was room for; from the second on others got the room. */
const SEVERAL = 2;

/**
 * "No executor is there" is no lack of resources where executors of the same run were started one after the other and ended
 * before it was said: the wait is an effect of what ended them. The finding stays as a symptom and loses its cause.
 */
export function resourcesWereGiven(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    if (finding.code !== 'scheduling.insufficient_resources' || finding.kind !== 'inferred') return finding;
    if (finding.symptom !== 'waiting') return finding;
    const ended = findings.filter(
      (other) => isEndOfExecutor(other) && isSameRun(finding, other) && isNotLater(other, finding),
    );
    const times = ended.reduce((sum, other) => sum + other.count, 0);
    return times < SEVERAL ? finding : { ...finding, code: null };
  });
}

function isEndOfExecutor({ symptom, echo, code }: Finding): boolean {
  if (symptom === undefined || echo === true || !STARTED_AND_ENDED.has(symptom)) return false;
  // What was taken away for others is a lack of resources after all.
  return code === null || !code.startsWith('scheduling.');
}

function isSameRun(a: Finding, b: Finding): boolean {
  if (a.keys.applicationId !== undefined && b.keys.applicationId !== undefined) {
    return a.keys.applicationId === b.keys.applicationId;
  }
  return a.evidence.some((one) => b.evidence.some((other) => one.source === other.source));
}

function isNotLater(ended: Finding, wait: Finding): boolean {
  return ended.at === null || wait.at === null || ended.at <= (wait.until ?? wait.at);
}
