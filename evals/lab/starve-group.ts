import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { groupName } from './memory-limit.ts';
import { isKeeper, labProcesses } from './private-network.ts';
import { rememberedProcess } from './remembered-processes.ts';

/** Where control groups are: version 1, one hierarchy for each controller. */
const ROOT = '/sys/fs/cgroup';

/** One length of time of the kernel's bandwidth control, in microseconds (its default). */
const CPU_PERIOD_US = 100_000;

/** What a host or a daemon is held to; null lifts it. */
export type Starvation =
  | { kind: 'cpu'; percent: number | null }
  | { kind: 'memory'; mebibytes: number | null }
  | { kind: 'disk'; host: string; path: string; bytesPerSecond: number | null };

/**
 * Holds all processes of a host (and what they start from then on), or one daemon, to so much of a processor, of memory or of a disk, by a
 * control group of version 1.
 *
 * @throws LabError where there are no such groups, or when nothing runs there
 */
export function starveGroup(folder: LabFolder, of: string, starvation: Starvation): void {
  const controller = starvation.kind === 'disk' ? 'blkio' : starvation.kind;
  const group = groupOf(folder, controller, of);
  if (!existsSync(path.join(ROOT, controller, 'cgroup.procs'))) {
    throw new LabError(`no control group of ${controller} can be made here: version 1 is needed, and root`);
  }
  const pids = processesOf(folder, of);
  if (pids.length === 0) throw new LabError(`nothing runs on ${of}`);
  mkdirSync(group, { recursive: true });
  for (const [file, value] of limitFiles(folder, starvation)) writeFileSync(path.join(group, file), value);
  for (const pid of pids) join(group, pid);
}

/** Removes the groups of a lab that nobody is in any more. */
export function removeStarvedGroups(folder: LabFolder, names: readonly string[]): void {
  for (const controller of ['cpu', 'memory', 'blkio']) {
    const groups = [...names.map((name) => groupOf(folder, controller, name))];
    const parent = path.dirname(groups[0] ?? '');
    for (const group of [...groups, ...(controller === 'memory' || groups.length === 0 ? [] : [parent])]) {
      try {
        rmdirSync(group);
      } catch {
        // Never made, or somebody is still in it.
      }
    }
  }
}

/** The control groups that were made for a host or for its daemons, as paths of this machine. */
export function starvedGroupsOf(folder: LabFolder, host: string): string[] {
  return ['cpu', 'memory', 'blkio'].flatMap((controller) => {
    const parent = path.dirname(groupOf(folder, controller, host));
    if (!existsSync(parent)) return [];
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && (entry.name === host || entry.name.endsWith(`-${host}`)))
      .map((entry) => path.join(parent, entry.name));
  });
}

function limitFiles(folder: LabFolder, starvation: Starvation): [file: string, value: string][] {
  if (starvation.kind === 'cpu') {
    const { percent } = starvation;
    return [['cpu.cfs_quota_us', String(percent === null ? -1 : Math.round((CPU_PERIOD_US * percent) / 100))]];
  }
  if (starvation.kind === 'memory') {
    const { mebibytes } = starvation;
    return [['memory.limit_in_bytes', String(mebibytes === null ? -1 : mebibytes * 2 ** 20)]];
  }
  const device = deviceOf(folder, starvation.host, starvation.path);
  // 0 is how the kernel takes a limit away.
  const limit = `${device} ${starvation.bytesPerSecond ?? 0}`;
  return [
    ['blkio.throttle.write_bps_device', limit],
    ['blkio.throttle.read_bps_device', limit],
  ];
}

/** `major:minor` of the device below a path of a host, as a process of that host sees it. */
function deviceOf(folder: LabFolder, host: string, mounted: string): string {
  const keeper = rememberedProcess(folder, `host-${host}`);
  if (keeper === null) throw new LabError(`the lab is not up: no host ${host}`);
  const { dev } = statSync(path.join(`/proc/${keeper}/root`, mounted));
  if (dev === statSync(onHost(folder, host, 'srv')).dev)
    throw new LabError(`${mounted} of ${host} is no disk of its own`);
  return `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
}

function groupOf(folder: LabFolder, controller: string, of: string): string {
  return path.join(ROOT, controller, groupName(folder), of.replace('@', '-'));
}

function processesOf(folder: LabFolder, of: string): number[] {
  if (of.includes('@')) {
    const pid = rememberedProcess(folder, of);
    return pid === null ? [] : [pid];
  }
  return labProcesses(folder)
    .filter(({ pid, host }) => host === of && !isKeeper(folder, pid))
    .map(({ pid }) => pid);
}

function join(group: string, pid: number): void {
  try {
    writeFileSync(path.join(group, 'cgroup.procs'), String(pid));
  } catch (error) {
    // Gone in the meantime.
    if (existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] !== 'Z') throw error;
  }
}
