import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { KernelFacts } from '../host/kernel-facts.ts';
import { MEMORY_THRESHOLDS } from './thresholds.ts';

/**
 * A kernel log that covers the time asked about, `null` when none does. A ring buffer that is small has not wrapped and
 * covers everything since boot; any other log covers from its first to its last line.
 */
export function coveringLog(facts: HostMemoryFacts): KernelFacts | null {
  if (facts.kernelProvenance !== 'kernel') return null;
  return facts.kernelLogs.find((log) => covers(log, facts)) ?? null;
}

function covers(log: KernelFacts, facts: HostMemoryFacts): boolean {
  if (log.form !== 'syslog' && log.bytesRead < MEMORY_THRESHOLDS.unwrappedLogBytes) return true;
  if (facts.window === null || log.firstAt === null) return false;
  return log.firstAt <= facts.window.from && (log.lastAt ?? 0) >= facts.window.from;
}
