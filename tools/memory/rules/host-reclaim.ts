import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts, HostSample } from '../../host/host-memory-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { readingEvidence } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * The whole host is short: hardly any memory available while tasks stall in direct reclaim between two samples. Pressure
 * figures of the machine alone prove little; a group at its own limit raises them too.
 */
export const hostReclaim: Rule<HostMemoryFacts> = {
  id: 'memory/host-reclaim',
  area: 'memory',
  codes: ['kernel.direct_reclaim'],
  apply(facts) {
    const [first, last] = [facts.samples[0], facts.samples.at(-1)];
    if (!first || !last || first === last || facts.host === null) return [];
    const [total, available] = [last.readings.get('meminfo:MemTotal'), last.readings.get('meminfo:MemAvailable')];
    if (!total || !available || available.value > total.value * MEMORY_THRESHOLDS.hostAvailableShare) return [];
    const stalls = stallsBetween(first, last);
    if (stalls.count <= 0) return [];
    const full = last.readings.get('pressure/memory:full avg10');
    if (full && full.value < MEMORY_THRESHOLDS.pressureFullPercent) return [];
    return [toFinding(facts, { available, total, stalls, full: full ?? null, last })];
  },
};

function stallsBetween(first: HostSample, last: HostSample): { count: number; lines: Reading[] } {
  let count = 0;
  const lines: Reading[] = [];
  for (const [key, after] of last.readings) {
    if (!key.startsWith('vmstat:allocstall')) continue;
    const before = first.readings.get(key);
    if (!before || after.value <= before.value) continue;
    count += after.value - before.value;
    lines.push(before, after);
  }
  return { count, lines };
}

interface Shortage {
  available: Reading;
  total: Reading;
  stalls: { count: number; lines: Reading[] };
  full: Reading | null;
  last: HostSample;
}

function toFinding(facts: HostMemoryFacts, shortage: Shortage): Finding {
  const { available, total, stalls, full, last } = shortage;
  const [free, ram] = [bytes(available.value), bytes(total.value)];
  return {
    area: 'memory',
    rule: hostReclaim.id,
    kind: 'inferred',
    code: 'kernel.direct_reclaim',
    symptom: 'slow',
    statement: {
      en: `The host had ${free} of ${ram} available, and tasks stalled ${stalls.count} times in direct reclaim between two samples`,
      zh: `主机可用内存只有 ${free}（共 ${ram}），两次采样之间任务在直接回收中停顿 ${stalls.count} 次`,
    },
    keys: facts.host === null ? {} : { host: facts.host },
    at: last.at,
    evidence: readingEvidence([...stalls.lines.slice(0, 4), full, total, available], last.at),
    count: 1,
    weight: 0.4,
    values: { availableBytes: available.value, totalBytes: total.value, stalls: stalls.count },
    responsibility: 'platform',
  };
}
