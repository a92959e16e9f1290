import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { OomKill } from '../host/kernel-facts.ts';
import { MEMORY_THRESHOLDS } from './thresholds.ts';

/** True when something belongs to the time asked about; what has no time is not ruled out. */
export function isInWindow(at: number | null, facts: HostMemoryFacts): boolean {
  if (at === null || facts.window === null) return true;
  const { windowBeforeMs, windowAfterMs } = MEMORY_THRESHOLDS;
  return at >= facts.window.from - windowBeforeMs && at <= facts.window.to + windowAfterMs;
}

/** Two logs tell of the same kill when process and sizes agree; their times may differ by a time zone, not by more. */
const MAX_ZONE_MS = 26 * 3_600_000;
/** The newest kills of a host that are judged: a log of months can hold thousands, and only the newest are asked about. */
const MAX_KILLS = 500;

/**
 * The kills of a host within the time asked about, each once: a host's ring buffer and its syslog hold the same lines, and
 * so do earlier copies of a log. Of two, the one with a dump of its own is kept.
 */
export function killsOf(facts: HostMemoryFacts): OomKill[] {
  const kept = new Map<string, OomKill[]>();
  for (const kill of facts.kernelLogs.flatMap((log) => log.kills)) {
    if (!isInWindow(kill.at, facts)) continue;
    const key = `${kill.host ?? ''} ${kill.pid} ${kill.totalVmBytes ?? ''} ${kill.anonRssBytes ?? ''}`;
    const alike = kept.get(key) ?? [];
    const same = alike.findIndex((other) => isSameTime(other.at, kill.at));
    const known = alike[same];
    if (!known) alike.push(kill);
    else if (rankOf(kill) > rankOf(known)) alike[same] = kill;
    kept.set(key, alike);
  }
  const sorted = [...kept.values()].flat().sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return sorted.slice(-MAX_KILLS);
}

function isSameTime(a: number | null, b: number | null): boolean {
  return a === null || b === null || Math.abs(a - b) <= MAX_ZONE_MS;
}

/** What a kill brings along: its groups, its dump, a kernel time that needs no zone. */
function rankOf(kill: OomKill): number {
  return (kill.oomMemcg ? 4 : 0) + (kill.ownReport ? 2 : kill.report ? 1 : 0) + (kill.stampSeconds === null ? 0 : 1);
}

/** What the kernel counted against the victim: anonymous, file and shared memory. */
export function residentBytes(kill: OomKill): number | null {
  const parts = [kill.anonRssBytes, kill.fileRssBytes, kill.shmemRssBytes];
  if (parts.every((part) => part === null)) return null;
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}
