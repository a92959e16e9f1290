import type { ContainerLimits } from './container-groups.ts';
import type { Controller } from './control-groups.ts';

/** Things that are done to the hosts that run executors: their control groups and processes, and the input in the shared folder. */
export type NodeStep =
  /** Writes a control file of the group above a host's containers. */
  | { do: 'control'; host: string; controller: Controller; file: string; value: string }
  /** Containers that start from now on live in control groups of their own, with these limits; null: they are given none. */
  | { do: 'container-limits'; hosts: readonly string[]; limits: ContainerLimits | null }
  /** SIGKILL to every executor of the job on a host. */
  | { do: 'kill-executor'; job: string; host: string }
  /** Orders as lines of CSV, evenly over 64 cities but for the share of one city. */
  | { do: 'orders'; path: string; rows: number; shareOfOneCity: number }
  /** Cuts the largest file of a shared folder down to a part of itself. */
  | { do: 'cut-file'; folder: string; keep: number }
  /** A module in a folder of the gateway alone. */
  | { do: 'write-on-host'; host: string; path: string; text: string };

/** Where a host's standalone executors keep what they write. */
export const LOCAL_DISK = '/srv/spark/local';
