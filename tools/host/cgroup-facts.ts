import type { GroupIdentity } from './cgroup-path.ts';
import type { Readings } from './readings.ts';

/** The control files of one group at one moment. */
export interface GroupSample {
  /** When it was taken; `null` for a copy of unknown time. The newest copy of a capture is of the end of the recording. */
  at: number | null;
  /** `''` for the files themselves, else the suffix of the copies. */
  copy: string;
  readings: Readings;
  /** Processes in the group (`cgroup.procs`), at most some hundred. */
  pids: readonly number[];
}

/** One control group of a host, with its samples oldest first. */
export interface GroupFacts {
  /** As the kernel prints it: `/hadoop-yarn/container_…`. */
  path: string;
  version: 1 | 2 | null;
  identity: GroupIdentity;
  samples: GroupSample[];
}
