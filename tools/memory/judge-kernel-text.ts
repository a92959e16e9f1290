import type { Finding } from '../evidence/finding.ts';
import { emptyHostMemoryFacts, type HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { KernelFacts } from '../host/kernel-facts.ts';
import { parseKernelLog } from '../host/parse-kernel-log.ts';
import { looksLikeKubernetes, readKubernetes } from './read-kubernetes.ts';
import { MEMORY_RULES } from './rules/index.ts';

/**
 * Judges kernel text or pod status that a person pasted or attached. Lines may be bare, quoted or indented. Everything found
 * has the provenance `asker`; a whole OOM report carries its `completeStatement`.
 *
 * @param source name evidence uses, such as `attach:1`
 * @param now latest time the text can speak of, for syslog lines without a year
 */
export function judgeKernelText(text: string, source: string, options: { now?: number } = {}): Finding[] {
  const facts = factsOfText(text, source, options);
  return facts ? MEMORY_RULES.flatMap((rule) => rule.apply(facts)) : [];
}

/** The facts of a pasted text, `null` when it holds nothing of the kernel's or of Kubernetes. */
function factsOfText(text: string, source: string, options: { now?: number } = {}): HostMemoryFacts | null {
  const facts = { ...emptyHostMemoryFacts(null), kernelProvenance: 'asker' as const };
  if (looksLikeKubernetes(text.slice(0, 8192))) {
    const kubernetes = readKubernetes(text, source);
    return kubernetes ? { ...facts, kubernetes } : null;
  }
  const log = parseKernelLog(text, { source, now: options.now, lenient: true });
  return hasFacts(log) ? { ...facts, kernelLogs: [log] } : null;
}

function hasFacts(log: KernelFacts): boolean {
  const { kills, killless, pageAllocationFailures, hungTasks, diskErrors, forkRejections, segfaults } = log;
  return [kills, killless, pageAllocationFailures, hungTasks, diskErrors, forkRejections, segfaults].some(
    (list) => list.length > 0,
  );
}
