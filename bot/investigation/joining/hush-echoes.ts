import type { Finding } from '../../../tools/evidence/finding.ts';
import type { JoinKeys } from '../../../tools/evidence/join-keys.ts';

const PROCESS_KEYS: readonly (keyof JoinKeys)[] = ['containerId', 'executorId', 'taskId', 'podName'];

/**
 * When the area that knows an event best has judged it harmless (a preempted container whose work did not matter for the end),
 * other tellings of the same event are harmless too, however loud they are.
 */
export function hushEchoes(findings: readonly Finding[]): Finding[] {
  const harmless = findings.filter((finding) => finding.echo && finding.code !== null);
  if (harmless.length === 0) return [...findings];
  return findings.map((finding) => {
    const known = harmless.some((echo) => echo.code === finding.code && isSameProcess(echo.keys, finding.keys));
    return known && !finding.echo ? { ...finding, echo: true } : finding;
  });
}

function isSameProcess(a: JoinKeys, b: JoinKeys): boolean {
  return PROCESS_KEYS.some((key) => a[key] !== undefined && a[key] === b[key]);
}
