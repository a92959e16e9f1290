import { readdirSync, readFileSync } from 'node:fs';

/** One process as the kernel tells of it (proc(5)). */
interface Listed {
  pid: number;
  parent: number;
  /** Since the machine started, in clock ticks: with the id it names a process for good. */
  startedTicks: string;
  state: string;
}

/** A process that was seen, to be asked for again. */
export type SeenProcess = Pick<Listed, 'pid' | 'startedTicks'>;

function listed(pid: number): Listed | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, state: fields[0] ?? '', parent: Number(fields[1]), startedTicks: fields[19] ?? '' };
  } catch {
    return null;
  }
}

/** A process and all that descend from it, itself first. */
export function processTree(root: number): SeenProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => listed(Number(name)))
    .filter((one) => one !== null);
  const tree = all.filter(({ pid }) => pid === root);
  for (const one of tree) tree.push(...all.filter(({ parent }) => parent === one.pid));
  return tree;
}

/** Whether that very process still runs; one that only waits to be collected does not. */
export function isRunning({ pid, startedTicks }: SeenProcess): boolean {
  const now = listed(pid);
  return now !== null && now.startedTicks === startedTicks && now.state !== 'Z';
}

/** Memory that the processes hold (`VmRSS`), in bytes; pages that several share count for each. */
export function residentBytes(processes: readonly SeenProcess[]): number {
  return processes.reduce((sum, { pid }) => {
    try {
      const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return sum + Number(kibibytes ?? 0) * 1024;
    } catch {
      return sum;
    }
  }, 0);
}
