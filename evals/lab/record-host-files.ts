import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compactTime } from '../../tools/platform/answer-source.ts';
import { containerGroupsOf } from './control-groups.ts';
import type { Layer } from './daemons.ts';
import { GATEWAY, HOSTS, MASTER } from './hosts.ts';
import { kernelLogOf } from './kernel-log.ts';
import { type LabDisk, loopDeviceOf } from './lab-disks.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { groupName } from './memory-limit.ts';
import { isKeeper, labProcesses } from './private-network.ts';
import { runTool } from './run-tool.ts';
import { starvedGroupsOf } from './starve-group.ts';

/** What containers of YARN write. */
const CONTAINERS = 'srv/yarn/logs';
const OF_CONTAINER = /^std(?:err|out)$/;

/** A log that is longer is no incident of this lab. */
const MAX_FILE_BYTES = 8 << 20;
/** Processes of a host that are looked at, the oldest first: its daemons come before its containers. */
const MAX_PROCESSES = 40;

/** Threads of a process that are shown to wait. */
const MAX_WAITING = 5;

const OF_PROCESS = ['comm', 'cmdline', 'status', 'limits', 'cgroup', 'oom_score_adj'];
/** Of these a process has others from time to time. */
const OF_PROCESS_SAMPLED = ['status', 'cgroup'];
const OF_MACHINE = ['meminfo', 'loadavg', 'pressure/cpu', 'pressure/memory', 'pressure/io'];

/** Logs, configuration and job scripts of every host, and the event logs: byte for byte. */
export function recordFiles(folder: LabFolder, capture: string, layers: readonly Layer[]): void {
  for (const { name } of HOSTS) {
    const host = path.join(capture, 'hosts', name);
    copyTree(onHost(folder, name, 'var/log'), path.join(host, 'var/log'));
    copyTree(onHost(folder, name, CONTAINERS), path.join(host, CONTAINERS), OF_CONTAINER);
    // Beside what executors wrote lie the jars that they were given.
    copyTree(onHost(folder, name, 'srv/spark/work'), path.join(host, 'srv/spark/work'), /^std(?:out|err)$/);
    for (const engine of ['hadoop', 'alluxio'] as const) {
      const configuration = path.join(folder.configuration, name, engine);
      // The master's say all; those of a node differ in what names the node.
      if (layers.includes(engine) && name === MASTER)
        copyTree(configuration, path.join(host, configuration), /\.xml$|-site\.properties$/);
    }
  }
  const jobs = path.join(folder.shared, 'jobs');
  copyTree(jobs, path.join(capture, 'hosts', GATEWAY, 'mnt/jobs'), /\.(?:py|java)$/);
  copyTree(path.join(folder.shared, 'spark-history'), path.join(capture, 'hdfs/spark-history'), /^(?!.*\.crc$)/);
}

/** What the kernel says of each host's processes and control groups now, and of the host: as a sample when `at` is given. */
export function recordKernel(
  folder: LabFolder,
  capture: string,
  { at = null, sinceSeconds, disks }: { at?: number | null; sinceSeconds: number; disks: readonly LabDisk[] },
): void {
  const processes = labProcesses(folder).filter(({ pid }) => !isKeeper(folder, pid) && pid !== process.pid);
  const kernel = runTool('dmesg', [], { why: 'the kernel log' });
  const stat = readFileSync('/proc/stat', 'utf8');
  for (const { name } of HOSTS) {
    const host = path.join(capture, 'hosts', name, at === null ? '' : `@${compactTime(at)}`);
    const own = processes
      .filter((one) => one.host === name)
      .map(({ pid }) => pid)
      .sort((a, b) => a - b);
    const ownDisks = disks.filter((disk) => disk.host === name);
    const groups = [...starvedGroupsOf(folder, name), ...containerGroupsOf(folder, name)];
    // Where the kernel has no part in an incident, the machine's load would be that of whoever else uses it.
    const kernelMatters = groups.length > 0 || ownDisks.length > 0;
    for (const pid of kernelMatters ? own.slice(0, MAX_PROCESSES) : []) {
      for (const file of at === null ? OF_PROCESS : OF_PROCESS_SAMPLED) copyKernelFile(`/proc/${pid}/${file}`, host);
      for (const file of waitingThreads(pid)) copyKernelFile(file, host);
    }
    for (const file of kernelMatters ? OF_MACHINE : []) copyKernelFile(`/proc/${file}`, host);
    if (ownDisks.length > 0) copyKernelFile('/proc/diskstats', host);
    for (const group of groups) {
      for (const entry of readdirSync(group)) if (WANTED.test(entry)) copyKernelFile(path.join(group, entry), host);
    }
    if (at !== null) continue;
    const named = [
      ...groups.map((group) => `/${groupName(folder)}/${path.basename(group)}`),
      ...ownDisks.flatMap((disk) => loopDeviceOf(folder, disk) ?? []),
    ];
    const log = kernelLogOf(kernel, sinceSeconds, (line) => named.some((one) => names(line, one)));
    // A kernel that said nothing of the incident has no clock to be read either.
    if (log === '') continue;
    write(path.join(host, 'dmesg.txt'), log);
    write(path.join(host, 'btime.txt'), `${/^btime (\d+)/m.exec(stat)?.[1] ?? ''}\n`);
  }
}

/** What of a control group tells of its limits and of how it fared. */
const WANTED =
  /^(?:cpu\.(?:stat|cfs_quota_us|cfs_period_us|shares)|cpuacct\.usage|pids\.(?:max|current|events)|memory\.(?:limit_in_bytes|usage_in_bytes|max_usage_in_bytes|failcnt|stat|oom_control)|blkio\.throttle\.(?:read|write)_bps_device|blkio\.throttle\.io_service_bytes|cgroup\.procs)$/;

/** True when a word of a line is exactly that: `loop1` is not in `loop12`. */
function names(line: string, word: string): boolean {
  const at = line.indexOf(word);
  return at !== -1 && !/[\w-]/.test(line[at + word.length] ?? ' ');
}

/** Threads of a process that wait for a device, uninterruptibly: their state and what they wait in. */
function waitingThreads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .filter((thread) => /^State:\s+D/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')))
      .slice(0, MAX_WAITING)
      .flatMap((thread) => ['status', 'stack', 'comm'].map((file) => `/proc/${pid}/task/${thread}/${file}`));
  } catch {
    // Gone in the meantime.
    return [];
  }
}

function copyTree(from: string, to: string, wanted = /(?:)/): void {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !wanted.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    // An empty file tells nothing, and a benchmark of many is to stay small.
    if (statSync(file).size === 0) continue;
    const target = path.join(to, path.relative(from, file));
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(file, target);
    const bytes = readFileSync(target);
    if (bytes.length > MAX_FILE_BYTES) throw new Error(`${entry.name} has ${bytes.length} bytes`);
  }
}

function copyKernelFile(file: string, host: string): void {
  try {
    const bytes = readFileSync(file);
    write(path.join(host, file), bytes);
  } catch {
    // The process is gone, or the kernel has no such file.
  }
}

function write(target: string, content: string | Buffer): void {
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}
