import type { Bilingual } from '../../knowledge/bilingual.ts';
import { plural, were } from '../evidence/spoken-figures.ts';
import { emptyHostMemoryFacts, type HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { KubernetesFacts } from '../host/kubernetes-facts.ts';
import { HOSTS_SIDE_BY_SIDE, mapBounded } from '../host/map-bounded.ts';
import { isControlFile, readGroups } from '../host/read-groups.ts';
import { isHostFile, readHostFiles } from '../host/read-host-files.ts';
import { type KernelLogKind, kernelLogKind, readKernelLog } from '../host/read-kernel-log.ts';
import type { Platform, PlatformFile } from '../platform/platform.ts';
import { readHead, readText } from '../platform/read-text.ts';
import { looksLikeKubernetes, readKubernetes } from './read-kubernetes.ts';

/** What to gather. */
export interface HostMemoryQuestion {
  /** Hosts asked about; empty: all. */
  hosts: readonly string[];
  containers: readonly string[];
  window: { from: number; to: number } | null;
}

const HEAD_BYTES = 8_192;
const MAX_JSON_BYTES = 32 << 20;
/** Live: what is asked of the API server when nothing was fetched yet. */
/** The first pages, asked in the very words of the kubernetes area, so that both cost the API server one request each. */
const KUBERNETES_REQUESTS = ['pods', 'events', 'nodes'].map((list) => `/api/v1/${list}?limit=500`);

/** Reads everything the memory area knows about the hosts of a platform. Files are known by content and kernel names. */
export async function gatherHostMemory(
  platform: Platform,
  question: HostMemoryQuestion,
  signal: AbortSignal,
): Promise<HostMemoryFacts[]> {
  const { files } = await platform.files();
  const byHost = Map.groupBy(
    files.filter((file) => file.origin === 'host' && isAsked(file.host ?? '', question.hosts)),
    (file) => file.host ?? '',
  );
  const hosts: HostMemoryFacts[] = [];
  const loose: KubernetesFacts[] = [];
  const [told, answered] = await Promise.all([
    mapBounded(
      [...byHost],
      async ([host, own]) => {
        signal.throwIfAborted();
        const facts = {
          ...emptyHostMemoryFacts(host),
          window: question.window,
          now: platform.now,
          wanted: question.containers,
        };
        return { facts, kubernetes: await fillHost(facts, own, signal) };
      },
      HOSTS_SIDE_BY_SIDE,
    ),
    kubernetesAnswers(platform),
  ]);
  for (const { facts, kubernetes } of told) {
    loose.push(...kubernetes);
    if (hasFacts(facts)) hosts.push(facts);
  }
  loose.push(...answered);
  for (const part of loose) spread(hosts, part, question, platform.now);
  return hosts;
}

function isAsked(host: string, hosts: readonly string[]): boolean {
  return hosts.length === 0 || hosts.some((asked) => sameHost(asked, host));
}

/** `node7` and `node7.prod.example` are one host. */
function sameHost(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

async function fillHost(
  facts: HostMemoryFacts,
  files: readonly PlatformFile[],
  signal: AbortSignal,
): Promise<KubernetesFacts[]> {
  const hostFiles = await readHostFiles(files);
  facts.samples = hostFiles.samples;
  facts.processes = hostFiles.processes;
  facts.btimeMs = hostFiles.btimeMs;
  const { groups, leftOut } = await readGroups(files);
  facts.groups = groups;
  if (leftOut > 0) {
    facts.skipped.push(
      note(
        `${plural(leftOut, 'control file')} of ${facts.host} ${were(leftOut)} left out`,
        `${facts.host} 有 ${leftOut} 个 cgroup 文件未读取`,
      ),
    );
  }
  const others = files.filter((file) => !isHostFile(file.path) && !isControlFile(file.path));
  const kinds = await mapBounded(others, async (file) => ({ file, kind: await kindOf(file) }));
  const kubernetes: KubernetesFacts[] = [];
  for (const { file, kind } of kinds) {
    signal.throwIfAborted();
    if (kind === 'kubernetes') {
      const { text } = await readText(file, MAX_JSON_BYTES);
      const read = readKubernetes(text, file.source);
      if (read) kubernetes.push(read);
    } else if (kind !== null) await addKernelLog(facts, file, kind, signal);
  }
  return kubernetes;
}

async function kindOf(file: PlatformFile): Promise<KernelLogKind | 'kubernetes' | null> {
  const head = (await readHead(file, HEAD_BYTES)).toString('utf8');
  if (head.includes('\0')) return null;
  return looksLikeKubernetes(head) ? 'kubernetes' : kernelLogKind(file.path, head);
}

async function addKernelLog(
  facts: HostMemoryFacts,
  file: PlatformFile,
  kind: KernelLogKind,
  signal: AbortSignal,
): Promise<void> {
  const { facts: log, truncated } = await readKernelLog(
    file,
    {
      source: file.source,
      btimeMs: facts.btimeMs ?? undefined,
      now: facts.now ?? undefined,
      mixed: kind === 'mixed',
      ofOneHost: true,
    },
    signal,
  );
  if (truncated)
    facts.skipped.push(note(`${file.source} was read in part: it is too large`, `${file.source} 过大，只读取了一部分`));
  if (log.leftOut > 0) {
    facts.skipped.push(
      note(
        `${plural(log.leftOut, 'kernel event')} of ${file.source} ${were(log.leftOut)} left out`,
        `${file.source} 有 ${log.leftOut} 条内核事件未保留`,
      ),
    );
  }
  if (kind === 'kernel' || log.kernelLines > 0) facts.kernelLogs.push(log);
}

function note(en: string, zh: string): Bilingual {
  return { en, zh };
}

function hasFacts(facts: HostMemoryFacts): boolean {
  return [facts.kernelLogs, facts.groups, facts.samples, facts.processes].some((list) => list.length > 0);
}

async function kubernetesAnswers(platform: Platform): Promise<KubernetesFacts[]> {
  const services = (await platform.services()).filter((service) => /^kubernetes(?:@|$)/.test(service));
  const read: KubernetesFacts[] = [];
  for (const service of services) {
    if (platform.kind === 'live')
      await Promise.all(KUBERNETES_REQUESTS.map((request) => platform.get(service, request)));
    for (const answer of await platform.recorded(service)) {
      const facts = answer.status === 200 ? readKubernetes(answer.body, answer.source) : null;
      if (facts) read.push(facts);
    }
  }
  return read;
}

/** Puts pods, events and nodes to the host they are on; what names no host stands alone. Of a pod seen twice the later counts. */
function spread(hosts: HostMemoryFacts[], part: KubernetesFacts, question: HostMemoryQuestion, now: number): void {
  const at = (name: string | null): HostMemoryFacts | null => {
    if (name !== null && !isAsked(name, question.hosts)) return null;
    const known = hosts.find((facts) =>
      name === null ? facts.host === null : facts.host !== null && sameHost(facts.host, name),
    );
    if (known) return known;
    const facts = { ...emptyHostMemoryFacts(name), window: question.window, now, wanted: question.containers };
    hosts.push(facts);
    return facts;
  };
  for (const pod of part.pods) {
    const facts = at(pod.node);
    if (!facts) continue;
    facts.kubernetes.pods = [...facts.kubernetes.pods.filter((other) => other.uid !== pod.uid), pod];
  }
  for (const event of part.events) at(event.host)?.kubernetes.events.push(event);
  for (const node of part.nodes) at(node.name)?.kubernetes.nodes.push(node);
}
