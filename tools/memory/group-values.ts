import type { GroupFacts, GroupSample } from '../host/cgroup-facts.ts';
import type { Reading, Readings } from '../host/readings.ts';

/** The same question answered by the file of version 1 or 2, whichever is there. */
function pick(readings: Readings, names: readonly string[]): Reading | null {
  for (const name of names) {
    const reading = readings.get(name);
    if (reading) return reading;
  }
  return null;
}

/** Memory used now. */
export const usageOf = (readings: Readings) => pick(readings, ['memory.usage_in_bytes', 'memory.current']);

/** Hard limit; its value is `Infinity` when there is none. */
export const limitOf = (readings: Readings) => pick(readings, ['memory.limit_in_bytes', 'memory.max']);

/** Highest usage in the group's life. */
export const peakOf = (readings: Readings) => pick(readings, ['memory.max_usage_in_bytes', 'memory.peak']);

/** How often the group itself hit its limit: satisfied by reclaim or not. */
export const limitHitsOf = (readings: Readings) =>
  pick(readings, ['memory.failcnt', 'memory.events.local:max', 'memory.events:max']);

/**
 * Processes of this very group killed by the OOM killer, for whatever group's limit, in the life of the group. Version 2
 * counts sub-groups in `memory.events` and not in `memory.events.local`.
 */
export const oomKillsOf = (readings: Readings) =>
  pick(readings, ['memory.oom_control:oom_kill', 'memory.events.local:oom_kill', 'memory.events:oom_kill']);

/** Anonymous memory: what reclaim cannot give back without swap. Sums over the sub-tree where both are printed. */
export const anonOf = (readings: Readings) =>
  pick(readings, ['memory.stat:total_rss', 'memory.stat:anon', 'memory.stat:rss']);

/** Page cache. */
export const fileOf = (readings: Readings) =>
  pick(readings, ['memory.stat:total_cache', 'memory.stat:file', 'memory.stat:cache']);

/** File pages read again after they had been thrown out, counted in pages. */
export const refaultsOf = (readings: Readings) =>
  pick(readings, [
    'memory.stat:total_workingset_refault_file',
    'memory.stat:workingset_refault_file',
    'memory.stat:total_workingset_refault',
    'memory.stat:workingset_refault',
  ]);

/** Forced slow-downs by `memory.high`. */
export const highEventsOf = (readings: Readings) => pick(readings, ['memory.events.local:high', 'memory.events:high']);

export const periodsOf = (readings: Readings) => pick(readings, ['cpu.stat:nr_periods']);
export const throttledPeriodsOf = (readings: Readings) => pick(readings, ['cpu.stat:nr_throttled']);

/** Time the group's CPUs stood throttled, milliseconds: nanoseconds in version 1, microseconds in version 2. */
export function throttledMsOf(readings: Readings): { ms: number; reading: Reading } | null {
  const nanos = readings.get('cpu.stat:throttled_time');
  if (nanos) return { ms: nanos.value / 1e6, reading: nanos };
  const micros = readings.get('cpu.stat:throttled_usec');
  return micros ? { ms: micros.value / 1e3, reading: micros } : null;
}

/** CPUs the quota allows, `null` when there is no quota. */
export function cpuQuotaOf(readings: Readings): { cpus: number; periodMs: number; reading: Reading } | null {
  const quota = pick(readings, ['cpu.cfs_quota_us', 'cpu.max:quota']);
  if (!quota || quota.value <= 0 || !Number.isFinite(quota.value)) return null;
  const period = pick(readings, ['cpu.cfs_period_us', 'cpu.max:period'])?.value ?? 100_000;
  if (period <= 0) return null;
  return { cpus: quota.value / period, periodMs: period / 1000, reading: quota };
}

/** Length of a scheduling period, milliseconds; the kernel's default is 100. */
export function cpuPeriodMs(readings: Readings): number {
  const period = pick(readings, ['cpu.cfs_period_us', 'cpu.max:period'])?.value;
  return period && period > 0 ? period / 1000 : 100;
}

/** The newest sample. */
export function newest(group: GroupFacts): GroupSample | null {
  return group.samples.at(-1) ?? null;
}

/** Readings by a question over all samples, newest first: for what only some samples have. */
export function newestReading(group: GroupFacts, question: (readings: Readings) => Reading | null): Reading | null {
  for (let index = group.samples.length - 1; index >= 0; index -= 1) {
    const reading = question(group.samples[index]?.readings ?? new Map());
    if (reading) return reading;
  }
  return null;
}

/** Largest answer to a question over all samples. */
export function highestReading(group: GroupFacts, question: (readings: Readings) => Reading | null): Reading | null {
  let best: Reading | null = null;
  for (const sample of group.samples) {
    const reading = question(sample.readings);
    if (reading && (!best || reading.value > best.value)) best = reading;
  }
  return best;
}
