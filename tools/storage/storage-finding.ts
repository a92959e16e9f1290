import type { Provenance } from '../../knowledge/provenance.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { Quote } from '../evidence/quote.ts';
import { mountOf } from './disk-intervals.ts';
import type { HostDiskFacts } from './host-disk-facts.ts';
import { STORAGE_THRESHOLDS } from './thresholds.ts';

/** Quotes as evidence of the storage area, each line once. */
export function diskEvidence(
  quotes: readonly (Quote | null | undefined)[],
  at: number | null,
  provenance: Provenance = 'kernel',
): Evidence[] {
  const seen = new Set<string>();
  return quotes.flatMap((quote): Evidence[] => {
    if (!quote || seen.has(`${quote.source} ${quote.fromLine}`)) return [];
    seen.add(`${quote.source} ${quote.fromLine}`);
    return [{ ...quote, area: 'storage', provenance, at }];
  });
}

/** Keys of a device of a host, with the place it is mounted at. */
export function deviceKeys(facts: HostDiskFacts, device: string, host: string | null = facts.host): JoinKeys {
  const mount = mountOf(facts, device);
  return { ...(host === null ? {} : { host }), device, ...(mount ? { path: mount.path } : {}) };
}

/** A device as a person reads it: `loop5 (/data/disk5)`. */
export function deviceWords(facts: HostDiskFacts, device: string): string {
  const mount = mountOf(facts, device);
  return mount ? `${device} (${mount.path})` : device;
}

/** True when something belongs to the time asked about; what has no time is not ruled out. */
export function isInDiskWindow(at: number | null, facts: HostDiskFacts): boolean {
  if (at === null || facts.window === null) return true;
  const { windowBeforeMs, windowAfterMs } = STORAGE_THRESHOLDS;
  return at >= facts.window.from - windowBeforeMs && at <= facts.window.to + windowAfterMs;
}
