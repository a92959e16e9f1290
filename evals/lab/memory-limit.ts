import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LabFolder } from './lab-folder.ts';

/** What all processes of a lab together may hold; the kernel sees to it where it lets us. */
export const LAB_MEMORY_MIB = 6 * 1_024;

/** Where control groups of memory are, by the version of the hierarchy, with the file that limits. */
const HIERARCHIES = [
  { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', used: 'memory.max_usage_in_bytes' },
  { root: '/sys/fs/cgroup', limit: 'memory.max', used: 'memory.peak' },
] as const;

/** The name of a lab's control groups: labs in other folders have others. */
export function groupName(folder: LabFolder): string {
  return path.basename(folder.root);
}

/** Makes the group. Gives false where it cannot be made: then only heaps and containers bound the lab. */
export function limitMemory(folder: LabFolder): boolean {
  for (const { root, limit } of HIERARCHIES) {
    const group = path.join(root, groupName(folder));
    if (!existsSync(path.join(root, 'cgroup.procs'))) continue;
    try {
      if (!existsSync(group)) mkdirSync(group);
      writeFileSync(path.join(group, limit), String(LAB_MEMORY_MIB * 2 ** 20));
      return true;
    } catch {
      // Not ours to write.
    }
  }
  return false;
}

/** The words that, put before a command, run it inside the group; none where there is no group. */
export function insideLimit(folder: LabFolder): string[] {
  const found = groupOf(folder);
  return found === null ? [] : ['sh', '-c', 'echo $$ > "$0" && exec "$@"', path.join(found.group, 'cgroup.procs')];
}

/** The most that the lab ever held, in bytes; null where nobody counted. */
export function peakBytes(folder: LabFolder): number | null {
  const found = groupOf(folder);
  try {
    return found === null ? null : Number(readFileSync(path.join(found.group, found.used), 'utf8'));
  } catch {
    return null;
  }
}

/** Removes the group once it is empty. */
export function removeLimit(folder: LabFolder): void {
  const found = groupOf(folder);
  if (found === null) return;
  try {
    rmdirSync(found.group);
  } catch {
    // Somebody is still in it; the next time.
  }
}

function groupOf(folder: LabFolder): { group: string; used: string } | null {
  const found = HIERARCHIES.map(({ root, limit, used }) => ({
    group: path.join(root, groupName(folder)),
    limit,
    used,
  })).find(({ group, limit }) => existsSync(path.join(group, limit)));
  return found ? { group: found.group, used: found.used } : null;
}
