import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HostMemoryFacts, HostSample } from '../../host/host-memory-facts.ts';
import { readingEvidence } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/** Fields of the `cpu` line of `/proc/stat` that add up to the time of all CPUs (guest time is part of user time). */
const TIMES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;

/**
 * The machine below gave the CPUs of this virtual machine to somebody else between two samples. It is a state of the whole host,
 * so it only suggests for one run.
 */
export const cpuSteal: Rule<HostMemoryFacts> = {
  id: 'memory/cpu-steal',
  area: 'memory',
  codes: ['kernel.cpu_contention'],
  apply(facts) {
    const stolen = facts.samples.slice(1).flatMap((after, index) => {
      const before = facts.samples[index];
      const share = before ? stealShare(before, after) : null;
      return before && share !== null && share >= MEMORY_THRESHOLDS.stealShare ? [{ before, after, share }] : [];
    });
    const [worst] = stolen.sort((a, b) => b.share - a.share);
    return worst && facts.host !== null ? [toFinding(facts.host, worst, stolen.length)] : [];
  },
};

/** Share of the CPUs' time that was stolen; `null` when the two samples do not compare. */
function stealShare(before: HostSample, after: HostSample): number | null {
  let [all, steal] = [0, 0];
  for (const time of TIMES) {
    const [first, last] = [before.readings.get(`stat:${time}`), after.readings.get(`stat:${time}`)];
    if (!first || !last || last.value < first.value) return null;
    all += last.value - first.value;
    if (time === 'steal') steal = last.value - first.value;
  }
  return all >= MEMORY_THRESHOLDS.minCpuTicks ? steal / all : null;
}

function toFinding(
  host: string,
  { before, after, share }: { before: HostSample; after: HostSample; share: number },
  count: number,
): Finding {
  const percent = Math.round(share * 100);
  return {
    area: 'memory',
    rule: cpuSteal.id,
    kind: 'inferred',
    code: 'kernel.cpu_contention',
    symptom: 'slow',
    statement: {
      en: `The machine below ${host} took ${percent} % of the time of its CPUs for others between two samples (steal)`,
      zh: `两次采样之间，${host} 的 CPU 时间有 ${percent}% 被宿主机拿给别人用（steal）`,
    },
    keys: { host },
    at: before.at,
    until: after.at,
    evidence: readingEvidence([before.readings.get('stat:steal'), after.readings.get('stat:steal')], after.at),
    count,
    weight: Math.min(0.5, share),
    values: { stealPercent: percent },
    responsibility: 'platform',
  };
}
