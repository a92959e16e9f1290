import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostGroup, removeGroup } from './control-groups.ts';
import { DAEMONS } from './daemons.ts';
import { HOSTS } from './hosts.ts';
import type { LabFolder } from './lab-folder.ts';
import { removeLimit } from './memory-limit.ts';
import { isKeeper, labProcesses } from './private-network.ts';
import { rememberedNames, rememberedProcess } from './remembered-processes.ts';
import { removeStarvedGroups } from './starve-group.ts';

/** Daemons get this long to end by themselves. */
const GRACE_MS = 10_000;

/**
 * Stops every process of the lab, by its id: daemons first, then whatever else lives in the lab's network (containers, jobs),
 * then the keepers of its hosts. Running it on a lab that is down does nothing. Gives how many processes were stopped.
 */
export async function takeDown(folder: LabFolder): Promise<number> {
  const all = labProcesses(folder).length;
  for (const { name } of [...DAEMONS].reverse()) {
    const pid = rememberedProcess(folder, name);
    if (pid === null) continue;
    // A stopped process does not hear anything but this.
    send(pid, 'SIGCONT');
    send(pid, 'SIGTERM');
  }
  const others = () => labProcesses(folder).filter(({ pid }) => !isKeeper(folder, pid) && pid !== process.pid);
  const until = Date.now() + GRACE_MS;
  while (others().length > 0 && Date.now() < until) await sleep(250);
  for (const { pid } of others()) send(pid, 'SIGKILL');
  for (const name of rememberedNames(folder).filter((entry) => entry.startsWith('host-'))) stopKeeper(folder, name);
  stopKeeper(folder, 'network');
  rmSync(folder.pids, { recursive: true, force: true });
  for (const { name } of HOSTS) removeGroup(hostGroup(folder, name));
  removeStarvedGroups(
    folder,
    [...DAEMONS, ...HOSTS].map(({ name }) => name),
  );
  removeLimit(folder);
  return all;
}

/** Takes the lab down and forgets what its servers stored and wrote; packages and the answers of incidents stay. */
export async function wipe(folder: LabFolder): Promise<void> {
  await takeDown(folder);
  for (const written of [folder.hosts, folder.shared, folder.configuration]) {
    rmSync(written, { recursive: true, force: true });
  }
}

function stopKeeper(folder: LabFolder, name: string): void {
  const pid = rememberedProcess(folder, name);
  if (pid !== null) send(pid, 'SIGKILL');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime.
  }
}
