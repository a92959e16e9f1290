import { identifyGroup, isSameContainer } from '../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { OomKill } from '../host/kernel-facts.ts';
import { limitOf, newestReading, peakOf } from './group-values.ts';
import { groupOfPid, type Holder, otherHolders } from './memory-holders.ts';
import { MEMORY_THRESHOLDS } from './thresholds.ts';

/** Whose limit made the kernel kill. */
export interface KillScope {
  /**
   * - `own`: the victim's own group or container, or its pod when no other container of the pod holds the memory
   * - `ancestor`: a group above it, shared with others
   * - `global`: the whole host
   * - `restricted`: the memory nodes the task was allowed to use (cpuset, memory policy), not the whole host
   * - `memcg`: some memory group, and the text does not say which
   * - `unknown`: the text says neither
   */
  kind: 'own' | 'ancestor' | 'global' | 'restricted' | 'memcg' | 'unknown';
  /** The full group, when one is named. */
  fullGroup: string | null;
  victimGroup: string | null;
  /** Who else held memory in the full group, the largest first. */
  others: Holder[];
  /** True when the text itself says it (both groups printed, or "global_oom"); false when it was put together. */
  stated: boolean;
}

/** Decides whose limit a kill was about, by the two groups the kernel names (C1), never by who asked for memory last. */
export function scopeOf(kill: OomKill, facts: HostMemoryFacts): KillScope {
  const victimGroup = kill.taskMemcg ?? groupOfPid(kill.pid, facts);
  // A shortage of the allowed nodes is printed with "global_oom" as well: the constraint says more.
  if (kill.constraint === 'cpuset' || kill.constraint === 'memory_policy') {
    return { kind: 'restricted', fullGroup: null, victimGroup, others: [], stated: true };
  }
  if (kill.globalOom || (kill.constraint === 'none' && kill.oomMemcg === null)) {
    return { kind: 'global', fullGroup: null, victimGroup, others: [], stated: true };
  }
  const fullGroup = kill.oomMemcg ?? kill.report?.group ?? null;
  if (fullGroup === null || fullGroup === '' || victimGroup === null) {
    const kind = kill.prefix === 'memcg' || kill.constraint === 'memcg' ? 'memcg' : 'unknown';
    return { kind, fullGroup, victimGroup, others: [], stated: false };
  }
  return memcgScope({ ...kill, oomMemcg: fullGroup, taskMemcg: victimGroup }, facts, kill.oomMemcg !== null);
}

function memcgScope(
  kill: OomKill & { oomMemcg: string; taskMemcg: string },
  facts: HostMemoryFacts,
  stated: boolean,
): KillScope {
  const [fullGroup, victimGroup] = [kill.oomMemcg, kill.taskMemcg];
  const others = otherHolders(kill, facts);
  if (isSameContainer(fullGroup, victimGroup)) return { kind: 'own', fullGroup, victimGroup, others, stated };
  if (!isOwnPod(fullGroup, victimGroup)) return { kind: 'ancestor', fullGroup, victimGroup, others, stated };
  const kind = neighbourHolds(kill, facts, others) ? 'ancestor' : 'own';
  return { kind, fullGroup, victimGroup, others, stated };
}

function isOwnPod(fullGroup: string, victimGroup: string): boolean {
  const full = identifyGroup(fullGroup);
  return full.kind === 'pod' && identifyGroup(victimGroup).podUid === full.podUid;
}

/**
 * True when another container of the pod holds the memory. Only groups count, or processes with another score than the
 * victim's: the kubelet gives each container its own, so processes with the same one may be the victim's own helpers.
 */
function neighbourHolds(
  kill: OomKill & { taskMemcg: string },
  facts: HostMemoryFacts,
  others: readonly Holder[],
): boolean {
  const limit = kill.report?.memory?.limitBytes ?? limitOfGroup(kill.oomMemcg, facts);
  if (limit === null || !Number.isFinite(limit)) return false;
  const strangers = others.filter((holder) => holder.kind === 'group');
  const bytes = strangers.length > 0 ? strangers.reduce((sum, holder) => sum + holder.bytes, 0) : otherScoreBytes(kill);
  const { neighbourShare, neighbourShareVictimInnocent } = MEMORY_THRESHOLDS;
  return bytes / limit >= (stayedBelowOwnLimit(kill.taskMemcg, facts) ? neighbourShareVictimInnocent : neighbourShare);
}

function otherScoreBytes(kill: OomKill): number {
  const tasks = kill.report?.tasks ?? [];
  const own = tasks.find((task) => task.pid === kill.pid)?.oomScoreAdj ?? kill.oomScoreAdj;
  if (own === null) return 0;
  return tasks.filter((task) => task.oomScoreAdj !== own).reduce((sum, task) => sum + task.rssBytes, 0);
}

function limitOfGroup(path: string | null, facts: HostMemoryFacts): number | null {
  const group = facts.groups.find((entry) => entry.path === path);
  return group ? (newestReading(group, limitOf)?.value ?? null) : null;
}

/** True when the host's files show that a group has a limit of its own and never came near it. */
export function stayedBelowOwnLimit(path: string, facts: HostMemoryFacts): boolean {
  const group = facts.groups.find((entry) => entry.path === path);
  if (!group) return false;
  const limit = newestReading(group, limitOf)?.value ?? null;
  const peak = newestReading(group, peakOf)?.value ?? null;
  return limit !== null && peak !== null && peak < limit * MEMORY_THRESHOLDS.atLimitShare;
}
