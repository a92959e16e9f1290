import type { Quote } from '../evidence/quote.ts';
import type { GroupFacts } from '../host/cgroup-facts.ts';
import { isSameContainer } from '../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { OomKill, OomTask } from '../host/kernel-facts.ts';
import { isWithin } from '../host/oom-messages.ts';
import { quoteReading } from '../host/readings.ts';
import { parentPaths } from './group-tree.ts';
import { highestReading, limitOf, newestReading, usageOf } from './group-values.ts';

/** Something that held memory inside a full group. */
export interface Holder {
  /** Group path, or the name of the processes. */
  name: string;
  kind: 'group' | 'processes';
  bytes: number;
  /** Hard limit of its own; `Infinity`: none; `null`: unknown. */
  limitBytes: number | null;
  processes: number;
  quotes: Quote[];
}

/**
 * Who held memory in the full group beside the victim, the largest first: sub-groups by the host's tree, else sub-groups by
 * the dump of kernels before 5.0, else other processes of the dump by name. Where the tree tells which group a process is
 * in, processes of the victim's own container do not count. When the full group is the victim's own, the other processes in it.
 */
export function otherHolders(kill: OomKill, facts: HostMemoryFacts): Holder[] {
  const full = kill.oomMemcg;
  if (full !== null && kill.taskMemcg !== null && isSameContainer(full, kill.taskMemcg)) {
    return sorted(processHolders(kill, () => false));
  }
  const groups = full === null ? [] : groupHolders(full, kill, facts.groups);
  if (groups.length > 0) return sorted(groups);
  const dumped = dumpedGroupHolders(kill);
  return sorted(dumped.length > 0 ? dumped : processHolders(kill, (task) => sharesContainer(task, kill, facts)));
}

function groupHolders(full: string, kill: OomKill, groups: readonly GroupFacts[]): Holder[] {
  const inside = groups.filter((group) => group.path !== full && isWithin(group.path, full));
  const parents = parentPaths(inside);
  const leaves = inside.filter((group) => !parents.has(group.path));
  return leaves.flatMap((group): Holder[] => {
    if (kill.taskMemcg !== null && isSameContainer(group.path, kill.taskMemcg)) return [];
    const usage = highestReading(group, usageOf);
    if (!usage || usage.value <= 0) return [];
    const limit = newestReading(group, limitOf);
    return [
      {
        name: group.path,
        kind: 'group',
        bytes: usage.value,
        limitBytes: limit?.value ?? null,
        processes: group.samples.at(-1)?.pids.length ?? 0,
        quotes: [quoteReading(usage), ...(limit ? [quoteReading(limit)] : [])],
      },
    ];
  });
}

function dumpedGroupHolders(kill: OomKill): Holder[] {
  const subgroups = kill.report?.subgroups ?? [];
  return subgroups.flatMap(({ group, values, quote }): Holder[] => {
    if (group === kill.oomMemcg || group === kill.taskMemcg) return [];
    const bytes = (values.get('rss') ?? 0) + (values.get('cache') ?? 0) + (values.get('swap') ?? 0);
    return bytes === 0 ? [] : [{ name: group, kind: 'group', bytes, limitBytes: null, processes: 0, quotes: [quote] }];
  });
}

function processHolders(kill: OomKill, leftOut: (task: OomTask) => boolean): Holder[] {
  const tasks = (kill.report?.tasks ?? []).filter((task) => task.pid !== kill.pid && !leftOut(task));
  const byName = Map.groupBy(tasks, (task) => task.comm);
  return [...byName].map(([name, rows]) => {
    const largest = rows.toSorted((a, b) => b.rssBytes - a.rssBytes);
    return {
      name,
      kind: 'processes' as const,
      bytes: rows.reduce((sum, task) => sum + task.rssBytes + task.swapBytes, 0),
      limitBytes: null,
      processes: rows.length,
      quotes: largest.slice(0, 2).map((task) => task.quote),
    };
  });
}

/** True when the host's files say that a process of the table lives in the victim's container. */
function sharesContainer(task: OomTask, kill: OomKill, facts: HostMemoryFacts): boolean {
  const group = groupOfPid(task.pid, facts);
  return group !== null && kill.taskMemcg !== null && isSameContainer(group, kill.taskMemcg);
}

/** The group a process was seen in, by `/proc/<pid>/cgroup` or a group's list of processes. */
export function groupOfPid(pid: number, facts: HostMemoryFacts): string | null {
  const process = facts.processes.find((entry) => entry.pid === pid && entry.memoryGroup !== null);
  if (process?.memoryGroup) return process.memoryGroup;
  const group = facts.groups.find((entry) => entry.samples.some((sample) => sample.pids.includes(pid)));
  return group?.path ?? null;
}

function sorted(holders: Holder[]): Holder[] {
  return holders.sort((a, b) => b.bytes - a.bytes);
}
