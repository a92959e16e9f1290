import { readFileSync } from 'node:fs';
import type { GroupFacts, GroupSample } from '../../host/cgroup-facts.ts';
import { identifyGroup } from '../../host/cgroup-path.ts';
import { emptyHostMemoryFacts, type HostMemoryFacts, type HostSample } from '../../host/host-memory-facts.ts';
import { parseKernelLog } from '../../host/parse-kernel-log.ts';
import { emptyProcess, type ProcessFacts, readProcessFile } from '../../host/process-facts.ts';
import { readControlFile } from '../../host/readings.ts';
import { readKubernetes } from '../read-kubernetes.ts';

/** Boot time of the recording machine, so that stamps of the fixtures give the recorded times. */
export const FIXTURE_BTIME_MS = 1_795_255_102_000;

/** One sample of a group: `at` in seconds after the boot of the fixtures, `null` for the end of the recording. */
export interface SampleSpec {
  at: number | null;
  files: Record<string, string>;
  pids?: number[];
}

/** Test builder: what a host is said to look like. Whatever is typed into it is no recording. */
export interface HostSpec {
  log?: string;
  groups?: Record<string, readonly SampleSpec[]>;
  processes?: readonly { pid: number; at?: number; files: Record<string, string> }[];
  samples?: readonly { at: number; readings: Record<string, number> }[];
  kubernetes?: unknown;
  window?: { from: number; to: number };
}

/** The facts of a host described by a test. */
export function hostFacts(spec: HostSpec): HostMemoryFacts {
  const facts = emptyHostMemoryFacts('node7');
  facts.now = FIXTURE_BTIME_MS + 10_000_000;
  if (spec.window) {
    facts.window = { from: FIXTURE_BTIME_MS + spec.window.from * 1000, to: FIXTURE_BTIME_MS + spec.window.to * 1000 };
  }
  if (spec.log !== undefined) {
    facts.kernelLogs = [parseKernelLog(spec.log, { source: 'hosts/node7/dmesg.txt', btimeMs: FIXTURE_BTIME_MS })];
  }
  facts.groups = Object.entries(spec.groups ?? {}).map(([path, samples]) => groupOf(path, samples));
  facts.processes = (spec.processes ?? []).map(processOf);
  facts.samples = (spec.samples ?? []).map(hostSampleOf);
  if (spec.kubernetes)
    facts.kubernetes = readKubernetes(JSON.stringify(spec.kubernetes, null, 1), 'http/pods.json') ?? facts.kubernetes;
  return facts;
}

/** A group with samples made of control files as the kernel prints them. */
function groupOf(path: string, samples: readonly SampleSpec[]): GroupFacts {
  return {
    path,
    version: 1,
    identity: identifyGroup(path),
    samples: samples.map(({ at, files, pids }): GroupSample => {
      const sample: GroupSample = { at: timeOf(at), copy: '', readings: new Map(), pids: pids ?? [] };
      for (const [name, text] of Object.entries(files)) {
        const source = `hosts/node7/${at === null ? '' : `@${at}/`}sys/fs/cgroup${path}/${name}`;
        readControlFile(name, text, source, sample.readings);
      }
      return sample;
    }),
  };
}

function processOf(spec: { pid: number; at?: number; files: Record<string, string> }): ProcessFacts {
  const process = emptyProcess(spec.pid, timeOf(spec.at ?? null));
  for (const [file, text] of Object.entries(spec.files)) {
    readProcessFile(process, file, text, `hosts/node7/proc/${spec.pid}/${file}`);
  }
  return process;
}

function hostSampleOf({ at, readings }: { at: number; readings: Record<string, number> }): HostSample {
  const entries = Object.entries(readings).map(([key, value], index) => {
    return [
      key,
      { value, source: `hosts/node7/proc/${key.split(':')[0]}`, line: index + 1, text: `${key} ${value}` },
    ] as const;
  });
  return { at: timeOf(at), copy: '', readings: new Map(entries) };
}

function timeOf(seconds: number | null): number | null {
  return seconds === null ? null : FIXTURE_BTIME_MS + seconds * 1000;
}

/** A real kernel log of `fixtures/`. */
export function fixtureLog(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
}

/**
 * A composed dump of a memory-cgroup kill in the form of kernels 5.0 and later (reference C1), rows as
 * `[pid, pages, score adjustment, name]`.
 */
export function composedKill(spec: {
  full: string | null;
  task: string;
  victim: readonly [number, number, number, string];
  others?: readonly (readonly [number, number, number, string])[];
  usageKb?: number;
  limitKb?: number;
  order?: number;
  at?: number;
}): string {
  const at = (offset: number) => `[ ${((spec.at ?? 100) + offset).toFixed(6)}] `;
  const [pid, pages, adj, name] = spec.victim;
  const rows = [spec.victim, ...(spec.others ?? [])].map(
    ([rowPid, rowPages, rowAdj, rowName]) =>
      `${at(0.3)}[${rowPid}]     0 ${rowPid}   702232   ${rowPages}  1036288        0             ${rowAdj} ${rowName}`,
  );
  const scope = spec.full === null ? 'global_oom' : `oom_memcg=${spec.full}`;
  const usage =
    spec.full === null
      ? []
      : [`${at(0.1)}memory: usage ${spec.usageKb ?? 1000}kB, limit ${spec.limitKb ?? 1000}kB, failcnt 7`];
  return [
    `${at(0)}asker invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=${spec.order ?? 0}, oom_score_adj=0`,
    ...usage,
    `${at(0.2)}Tasks state (memory values in pages):`,
    `${at(0.2)}[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name`,
    ...rows,
    `${at(0.4)}oom-kill:constraint=CONSTRAINT_${spec.full === null ? 'NONE' : 'MEMCG'},nodemask=(null),cpuset=/,mems_allowed=0,${scope},task_memcg=${spec.task},task=${name},pid=${pid},uid=0`,
    `${at(0.5)}${spec.full === null ? 'Out of memory' : 'Memory cgroup out of memory'}: Killed process ${pid} (${name}) total-vm:2808928kB, anon-rss:${pages * 4}kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1012kB oom_score_adj:${adj}`,
  ].join('\n');
}
