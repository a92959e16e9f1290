import type { Finding } from '../../../tools/evidence/finding.ts';

/** The same end of a container as two areas tell it: both read the kubelet's own stamp, of whole seconds. */
const SAME_END_MS = 5_000;

/**
 * One end of a pod's container has one cause. Where the area that owns a service tells that its process ended because the kubelet says
 * `OOMKilled`, and the memory area names the cause of that very kill, the former stays as what happened and is no second cause.
 */
export function oneCausePerKill(findings: readonly Finding[]): Finding[] {
  const kills = findings.filter(
    ({ area, code, at, keys }) => area === 'memory' && code !== null && at !== null && keys.podUid !== undefined,
  );
  if (kills.length === 0) return [...findings];
  return findings.map((finding) =>
    finding.area !== 'memory' && finding.code !== null && kills.some((kill) => isOf(kill, finding))
      ? { ...finding, code: null }
      : finding,
  );
}

function isOf(kill: Finding, { keys, at, values }: Finding): boolean {
  if (values.reason !== 'OOMKilled' || keys.podUid !== kill.keys.podUid) return false;
  if (
    keys.containerId !== undefined &&
    kill.keys.containerId !== undefined &&
    keys.containerId !== kill.keys.containerId
  )
    return false;
  return at !== null && kill.at !== null && Math.abs(at - kill.at) <= SAME_END_MS;
}
