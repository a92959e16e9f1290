import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOSTS, hostsFile, type LabHost } from './hosts.ts';
import { type LabDisk, makeDisk } from './lab-disks.ts';
import { LabError } from './lab-error.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { rememberedProcess, rememberProcess } from './remembered-processes.ts';

/**
 * The lab's hosts are Linux namespaces: one network with nothing but a loopback interface, and for each host its own name and
 * its own `/srv`, `/var/log` and `/etc/hosts`. Nothing that runs there can be reached from outside, or reach out, and whatever
 * lives in that network belongs to the lab.
 */
const NETWORK = 'network';

/** Without root the kernel gives namespaces inside a user namespace of one's own. */
const AS_ROOT = process.getuid?.() === 0;

/** Makes the network and the hosts with their disks, as far as they are not there. */
export async function openNetwork(folder: LabFolder, disks: readonly LabDisk[] = []): Promise<void> {
  mkdirSync(folder.shared, { recursive: true });
  if (rememberedProcess(folder, NETWORK) === null) {
    const user = AS_ROOT ? [] : ['--user', '--map-root-user'];
    await hold(folder, NETWORK, 'unshare', [...user, '--net', 'sh', '-c', `ip link set lo up && ${HOLD}`]);
  }
  for (const host of HOSTS) {
    if (rememberedProcess(folder, keeperOf(host.name)) === null) await openHost(folder, host, disks);
  }
}

/** Tells that everything is ready and then stays; the file is how the other side knows. */
const HOLD = 'echo ready > "$READY" && exec sleep infinity';

async function openHost(folder: LabFolder, host: LabHost, disks: readonly LabDisk[]): Promise<void> {
  for (const own of ['srv', 'var/log']) mkdirSync(onHost(folder, host.name, own), { recursive: true });
  mkdirSync(folder.configuration, { recursive: true });
  const names = path.join(folder.configuration, 'hosts');
  writeFileSync(names, hostsFile());
  const own = onHost(folder, host.name, '');
  const disk =
    host.localDiskMiB === null
      ? []
      : [`mkdir -p /srv/yarn/local && mount -t tmpfs -o size=${host.localDiskMiB}m local /srv/yarn/local`];
  const steps = [
    `hostname ${host.name}`,
    'mount --bind "$NAMES" /etc/hosts',
    'mount --bind "$SHARED" /mnt',
    'mount --bind "$OWN/var/log" /var/log',
    'mount --bind "$OWN/srv" /srv',
    ...disk,
    ...disks.filter((one) => one.host === host.name).map((one) => makeDisk(folder, one)),
    HOLD,
  ];
  const [network, ...inNetwork] = enterNetwork(folder);
  await hold(
    folder,
    keeperOf(host.name),
    network as string,
    [...inNetwork, 'unshare', '--mount', '--uts', 'sh', '-c', steps.join(' && ')],
    { NAMES: names, SHARED: folder.shared, OWN: own },
  );
}

/** Starts a process whose only work is to keep namespaces open. */
async function hold(
  folder: LabFolder,
  name: string,
  program: string,
  parameters: string[],
  environment: Record<string, string> = {},
): Promise<void> {
  mkdirSync(folder.pids, { recursive: true });
  const ready = path.join(folder.pids, `${name}.ready`);
  rmSync(ready, { force: true });
  const child = spawn(program, parameters, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment, READY: ready },
  });
  let said = '';
  child.stderr.on('data', (piece) => {
    said = `${said}${piece}`.slice(-2_000);
  });
  for (let waited = 0; waited < 150 && child.exitCode === null; waited++) {
    if (existsSync(ready)) {
      rmSync(ready, { force: true });
      child.stderr.destroy();
      child.unref();
      rememberProcess(folder, name, child.pid as number);
      return;
    }
    await sleep(100);
  }
  throw new LabError(`cannot make the namespaces of ${name} (root or unprivileged user namespaces): ${said.trim()}`);
}

function keeperOf(host: string): string {
  return `host-${host}`;
}

function enterNetwork(folder: LabFolder): string[] {
  const keeper = rememberedProcess(folder, NETWORK);
  if (keeper === null) throw new LabError('the lab is not up');
  return ['nsenter', `--target=${keeper}`, ...(AS_ROOT ? [] : ['--user', '--preserve-credentials']), '--net'];
}

/** The words that, put before a command, run it on a host of the lab. The process id stays that of the command. */
export function enterHost(folder: LabFolder, host: string): string[] {
  const keeper = rememberedProcess(folder, keeperOf(host));
  if (keeper === null) throw new LabError(`the lab is not up: no host ${host}`);
  const user = AS_ROOT ? [] : ['--user', '--preserve-credentials'];
  return ['nsenter', `--target=${keeper}`, ...user, '--net', '--mount', '--uts'];
}

/** Every process that lives in the lab's network, the keepers included; with its host when it is on one. */
export function labProcesses(folder: LabFolder): { pid: number; host: string | null }[] {
  const keeper = rememberedProcess(folder, NETWORK);
  const network = keeper === null ? null : namespaceOf(keeper, 'net');
  if (network === null) return [];
  const hostBy = new Map<string, string>();
  for (const { name } of HOSTS) {
    const own = rememberedProcess(folder, keeperOf(name));
    const uts = own === null ? null : namespaceOf(own, 'uts');
    if (uts !== null) hostBy.set(uts, name);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => namespaceOf(pid, 'net') === network)
    .map((pid) => ({ pid, host: hostBy.get(namespaceOf(pid, 'uts') ?? '') ?? null }));
}

/** True for the processes that only keep a host's namespaces open. */
export function isKeeper(folder: LabFolder, pid: number): boolean {
  return [NETWORK, ...HOSTS.map(({ name }) => keeperOf(name))].some((name) => rememberedProcess(folder, name) === pid);
}

function namespaceOf(pid: number, kind: 'net' | 'uts'): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return null;
  }
}

/** Memory that a process alone is charged for, in bytes: its share of pages that it has in common with others included. */
export function proportionalBytes(pid: number): number {
  try {
    const kib = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
