import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import type { GroupFacts } from './cgroup-facts.ts';
import type { KernelFacts } from './kernel-facts.ts';
import type { KubernetesFacts } from './kubernetes-facts.ts';
import type { ProcessFacts } from './process-facts.ts';
import type { Readings } from './readings.ts';

/** What the memory area knows about one host: its kernel log, control groups, processes, and the pods placed on it. */
export interface HostMemoryFacts {
  /** `null` for pods of an unknown node and for pasted text. */
  host: string | null;
  /** The time asked about, milliseconds since the epoch; `null`: any time. */
  window: { from: number; to: number } | null;
  /** "Now" of the investigation; `null` for pasted text. */
  now: number | null;
  /** Containers asked about: YARN container ids, runtime ids, pod uids. Empty: all. */
  wanted: readonly string[];
  /** Who may be believed to have written the kernel text: the kernel itself, or only whoever pasted it. */
  kernelProvenance: Provenance;
  kernelLogs: KernelFacts[];
  /** Boot time, milliseconds since the epoch. */
  btimeMs: number | null;
  groups: GroupFacts[];
  /** `/proc/pressure/*`, `/proc/meminfo`, `/proc/vmstat`, `/proc/loadavg`, `/proc/memsli`, `/proc/sli`: oldest first. */
  samples: HostSample[];
  processes: ProcessFacts[];
  kubernetes: KubernetesFacts;
  /** What was cut or could not be read. */
  skipped: Bilingual[];
}

/** Host-wide kernel files at one moment. */
export interface HostSample {
  at: number | null;
  copy: string;
  /** `pressure/cpu:some avg10`, `meminfo:MemAvailable` (bytes), `vmstat:allocstall_normal`, `loadavg:1`, `stat:steal` (ticks). */
  readings: Readings;
}

/** Facts of a host of which nothing is known yet. */
export function emptyHostMemoryFacts(host: string | null): HostMemoryFacts {
  return {
    host,
    window: null,
    now: null,
    wanted: [],
    kernelProvenance: 'kernel',
    kernelLogs: [],
    btimeMs: null,
    groups: [],
    samples: [],
    processes: [],
    kubernetes: { pods: [], events: [], nodes: [] },
    skipped: [],
  };
}
