import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';
import { groupName } from './memory-limit.ts';

/** The hierarchies of version 1 that the lab puts processes into. */
export const CONTROLLERS = ['memory', 'cpu', 'cpuacct', 'pids', 'blkio'] as const;

export type Controller = (typeof CONTROLLERS)[number];

/** Where control groups are mounted. */
export const CONTROL_GROUPS = '/sys/fs/cgroup';

/** The group of everything of a host that is in a group. */
export function hostGroup(folder: LabFolder, host: string): string {
  return `${groupName(folder)}/${host}`;
}

/** The group of a host above all of its containers, as a NodeManager with control groups would make it. */
export function containersGroup(folder: LabFolder, host: string): string {
  return `${hostGroup(folder, host)}/hadoop-yarn`;
}

/** Where a control file of a group lies. */
export function controlFile(controller: Controller, group: string, file: string): string {
  return path.join(CONTROL_GROUPS, controller, group, file);
}

/**
 * Makes the group above the containers of a host in every hierarchy: containers that start from now on get groups of their own in it.
 *
 * @throws LabError where no groups of version 1 can be made: root is needed, and the hierarchies
 */
export function makeContainersGroup(folder: LabFolder, host: string): void {
  if (process.getuid?.() !== 0 || !CONTROLLERS.every((name) => existsSync(controlFile(name, '', 'cgroup.procs')))) {
    throw new LabError('no control groups can be made here: version 1 is needed, and root');
  }
  const group = containersGroup(folder, host);
  for (const controller of CONTROLLERS) mkdirSync(path.join(CONTROL_GROUPS, controller, group), { recursive: true });
  // A group competes as one task with everything outside of it, and so does each group above: as eight, or a quota would never be reached.
  for (let at = group; at !== '.'; at = path.dirname(at)) writeControl('cpu', at, 'cpu.shares', '8192');
}

/** Text of a control file; empty when the group is gone. */
export function readControl(controller: Controller, group: string, file: string): string {
  try {
    return readFileSync(controlFile(controller, group, file), 'utf8');
  } catch {
    return '';
  }
}

/** Writes a control file. @throws the system's own error when the kernel refuses the value */
export function writeControl(controller: Controller, group: string, file: string, value: string): void {
  writeFileSync(controlFile(controller, group, file), value);
}

/** Groups directly below a group, by their last name. */
export function groupsBelow(controller: Controller, group: string): string[] {
  try {
    const entries = readdirSync(path.join(CONTROL_GROUPS, controller, group), { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return [];
  }
}

/** Removes a group with all below it, as far as nobody lives there. */
export function removeGroup(group: string): void {
  for (const controller of CONTROLLERS) {
    for (const below of groupsBelow(controller, group)) remove(controller, path.join(group, below));
    remove(controller, group);
  }
}

function remove(controller: Controller, group: string): void {
  for (const below of groupsBelow(controller, group)) remove(controller, path.join(group, below));
  try {
    rmdirSync(path.join(CONTROL_GROUPS, controller, group));
  } catch {
    // Somebody still lives there, or it was never made.
  }
}

/** The groups of a host's containers and the one above them, as paths of this machine, in each hierarchy. */
export function containerGroupsOf(folder: LabFolder, host: string): string[] {
  const parent = containersGroup(folder, host);
  return CONTROLLERS.flatMap((controller) => {
    const place = path.join(CONTROL_GROUPS, controller, parent);
    if (!existsSync(place)) return [];
    return [place, ...groupsBelow(controller, parent).map((name) => path.join(place, name))];
  });
}
