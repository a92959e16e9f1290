import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';

const LOSS: ReadonlySet<string> = new Set(['executor_lost', 'container_exited', 'process_killed', 'process_crashed']);

/** Processes that were lost, each by its narrowest name; what is known to be an effect of the end is none. */
export function lossesOf(findings: readonly Finding[]): ReadonlySet<string> {
  const lost = findings.filter(({ symptom, echo }) => symptom !== undefined && LOSS.has(symptom) && !echo);
  return new Set(lost.flatMap(({ keys }) => nameOf(keys) ?? []));
}

/** Of the processes that were lost those that findings of one cause speak of. */
export function coveredBy(roots: readonly Finding[], losses: ReadonlySet<string>): ReadonlySet<string> {
  const named = roots.flatMap(({ keys }) => nameOf(keys) ?? []);
  return new Set(named.filter((name) => losses.has(name)));
}

/** A container before an executor's number: both areas know it, once keys are completed. */
function nameOf({ containerId, podUid, podName, applicationId, executorId }: JoinKeys): string | null {
  const own = containerId ?? podUid ?? podName;
  if (own !== undefined) return own;
  return executorId === undefined ? null : `${applicationId ?? ''} ${executorId}`;
}
