import type { ContainerLimits } from './container-groups.ts';
import type { Controller } from './control-groups.ts';

/** Things that are done to the hosts that run executors: their control groups, disks and processes, and the input in the shared folder. */
export type NodeStep =
  /** Writes a control file of the group of a host's containers, or of its standalone worker. */
  | { do: 'control'; host: string; of: 'containers' | 'worker'; controller: Controller; file: string; value: string }
  /** What containers that start from now on are given; null: no limits of their own. */
  | { do: 'container-limits'; hosts: readonly string[]; limits: ContainerLimits | null }
  /** SIGKILL to every executor of the job on a host. */
  | { do: 'kill-executor'; job: string; host: string }
  /** Orders as lines of CSV, evenly over 64 cities but for the share of one city. */
  | { do: 'orders'; path: string; rows: number; shareOfOneCity: number }
  /** Cuts the largest file of a shared folder down to a part of itself. */
  | { do: 'cut-file'; folder: string; keep: number }
  /** A module in a folder of the gateway alone. */
  | { do: 'write-on-host'; host: string; path: string; text: string }
  /** A disk of its own for the local directories of a host's standalone executors; every write waits for the disk. */
  | { do: 'own-disk'; host: string; mebibytes: number }
  | { do: 'own-disk-away'; host: string }
  /** What the worker's group may write to that disk; null: as much as it can. */
  | { do: 'throttle-disk'; host: string; bytesPerSecond: number | null };

/** Where a host's standalone executors keep what they write. */
export const LOCAL_DISK = '/srv/spark/local';
