import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { maskSecrets } from '../../evidence/mask-secrets.ts';
import type { NodeFacts } from '../../platform/node-protocol.ts';
import { mapBounded } from '../map-bounded.ts';
import { isFactPath } from './allowed-paths.ts';
import { readKernelMessages } from './kernel-messages.ts';
import { type HostRoot, openAllowed, readStretch } from './open-allowed.ts';

/** A control file has some bytes, the statistics of a group some KiB. */
const MAX_FILE_BYTES = 256 << 10;
const MAX_TOTAL_BYTES = 32 << 20;
const MAX_FILES = 40_000;
const MAX_GROUP_DEPTH = 12;
const MAX_PROCESSES = 5_000;

const HOST_WIDE = [
  ...['meminfo', 'vmstat', 'loadavg', 'stat', 'version', 'diskstats', 'uptime', '1/mounts'].map(
    (name) => `/proc/${name}`,
  ),
  ...['cpu', 'io', 'memory'].map((name) => `/proc/pressure/${name}`),
  ...['/etc/timezone', '/etc/localtime', '/etc/sysconfig/clock'],
];
const OF_PROCESS = ['status', 'oom_score_adj', 'oom_score', 'cgroup', 'cmdline', 'limits', 'comm'];
/** Of interest for a process that stands still. */
const OF_STUCK_PROCESS = ['stack', 'wchan'];

/** Everything of `/v1/facts`, read now: host-wide counters, groups, processes, the kernel's messages. */
export async function gatherFacts(
  root: HostRoot,
  kernelMessages: () => Promise<string | null> = readKernelMessages,
): Promise<NodeFacts> {
  const facts: NodeFacts = { at: Date.now(), files: [], leftOut: 0, unreadable: 0, kernelMessages: true };
  let bytes = 0;
  const add = (name: string, content: Buffer) => {
    if (bytes + content.length > MAX_TOTAL_BYTES || facts.files.length >= MAX_FILES) {
      facts.leftOut += 1;
      return;
    }
    bytes += content.length;
    facts.files.push(
      isUtf8(content)
        ? { path: name, text: content.toString('utf8') }
        : { path: name, base64: content.toString('base64') },
    );
  };
  const messages = await kernelMessages();
  if (messages === null) facts.kernelMessages = false;
  else add('/dmesg.txt', Buffer.from(messages));
  for (const wide of await readAll(root, HOST_WIDE)) {
    if (wide.content) add(wide.path === '/proc/1/mounts' ? '/proc/mounts' : wide.path, wide.content);
    const btime =
      wide.path === '/proc/stat' ? /^btime (\d{9,11})$/m.exec(wide.content?.toString('utf8') ?? '')?.[1] : undefined;
    if (btime !== undefined) add('/btime.txt', Buffer.from(`${btime}\n`));
  }
  for (const { path: name, content } of await readAll(root, await groupFiles(root))) if (content) add(name, content);
  for (const { path: name, content } of await processFiles(root, facts)) if (content) add(name, content);
  return facts;
}

interface FactRead {
  path: string;
  content: Buffer | null;
}

async function readAll(root: HostRoot, paths: readonly string[]): Promise<FactRead[]> {
  return await mapBounded(paths, async (name) => ({ path: name, content: await readFact(root, name) }));
}

async function readFact(root: HostRoot, name: string): Promise<Buffer | null> {
  const handle = await openAllowed(root, name, isFactPath);
  if (handle === null) return null;
  try {
    return await readStretch(handle, 0, MAX_FILE_BYTES);
  } catch {
    // A process that ended in between, a counter that only the group's owner may read.
    return null;
  } finally {
    await handle.close();
  }
}

async function groupFiles(root: HostRoot): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > MAX_GROUP_DEPTH || found.length >= MAX_FILES) return;
    for (const entry of await readdir(path.join(root.folder, folder), { withFileTypes: true }).catch(() => [])) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(name, depth + 1);
      else if (entry.isFile() && isFactPath(name)) found.push(name);
    }
  };
  await walk('/sys/fs/cgroup', 0);
  return found;
}

/** Processes of programs; of the kernel's own threads only those that wait for a device. */
async function processFiles(root: HostRoot, facts: NodeFacts): Promise<FactRead[]> {
  const names = await readdir(path.join(root.folder, '/proc')).catch(() => []);
  const pids = names.filter((name) => /^\d{1,10}$/.test(name));
  facts.leftOut += Math.max(0, pids.length - MAX_PROCESSES);
  const read = await mapBounded(pids.slice(0, MAX_PROCESSES), async (pid) => {
    const status = await readFact(root, `/proc/${pid}/status`);
    const text = status?.toString('utf8') ?? '';
    const isStuck = /^State:\s{1,4}[DT]/m.test(text);
    if (status === null || (!/^VmRSS:/m.test(text) && !isStuck)) return [];
    const wanted = [...OF_PROCESS, ...(isStuck ? OF_STUCK_PROCESS : [])].map((name) => `/proc/${pid}/${name}`);
    const files: FactRead[] = [];
    for (const name of wanted) files.push({ path: name, content: maskedArguments(name, await readFact(root, name)) });
    return files;
  });
  return read.flat();
}

/** Arguments hold passwords: they are masked before they leave the host. */
function maskedArguments(name: string, content: Buffer | null): Buffer | null {
  if (content === null || !name.endsWith('/cmdline')) return content;
  return Buffer.from(maskSecrets(content.toString('utf8').replaceAll('\0', ' ').trimEnd()));
}
