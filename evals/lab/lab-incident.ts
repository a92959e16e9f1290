import type { Layer } from './daemons.ts';
import type { NodeStep } from './node-step.ts';

/** One thing that is done to the lab, or waited for. */
export type Step =
  | NodeStep
  /** Hands a job to YARN. */
  | { do: 'submit'; job: string }
  /** Waits until tasks of the job run, until YARN has accepted it, or until the submission has ended. */
  | { do: 'await'; job: string; state: 'tasks' | 'accepted' | 'ended'; seconds: number }
  | { do: 'sleep'; seconds: number; because: string }
  | { do: 'signal'; daemon: string; signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' }
  | { do: 'start'; daemon: string }
  /** Every process of a host at once, as when its power goes. */
  | { do: 'lose-host'; host: string }
  /** Fills a disk of a host to the last byte. */
  | { do: 'fill'; host: string; path: string }
  | { do: 'remove'; host: string; path: string }
  /** The command line tools of HDFS and YARN as a user; for `yarn`, `job:<name>` stands for that job's id. */
  | { do: 'hdfs'; words: readonly string[]; user: string }
  | { do: 'dfsadmin'; words: readonly string[]; user: string }
  | { do: 'yarn'; words: readonly string[]; user: string }
  /** Puts text of that size into HDFS. */
  | { do: 'put'; path: string; bytes: number }
  /** Deletes the stored blocks of the newest file of HDFS from the DataNode's disk. */
  | { do: 'delete-newest-blocks' }
  /** Makes the files of a data set in the store below the cache. */
  | { do: 'dataset'; name: string; files: number; bytesEach: number }
  /** Starts a program that reads the data set through the cache, again and again. */
  | { do: 'train'; name: string; dataset: string; epochs: number; pauseMs: number }
  /** Waits until a file of any of the hosts has a line that matches; `$HOST` in its path stands for the host's name. */
  | { do: 'see'; hosts: readonly string[]; path: string; line: RegExp; seconds: number }
  | { do: 'ask'; when: 'during' };

/**
 * What shows that the incident happened, whatever the product says: a line of a file of any of the hosts (`$HOST` in its path
 * stands for the host's name), or of a server's answer.
 */
export type Proof = { say: string; line: RegExp } & ({ hosts: readonly string[]; path: string } | { url: string });

/** An incident that is provoked on the lab, with its truth, which was written down before the product was asked. */
export interface LabIncident {
  name: string;
  did: string;
  question: string;
  /** What is complained of when nothing but the run is named; by default only that something was wrong. */
  complaint?: 'slow';
  truth: { code: string; acceptable: readonly string[]; mustNotCode: readonly string[] };
  /** The same while it lasts, where the truth is another one then (a job that still waits). */
  during?: { code: string; acceptable: readonly string[] };
  /** Layers that have to be up. */
  needs: readonly Layer[];
  steps: readonly Step[];
  proofs: readonly Proof[];
  /** What has to be mended afterwards, asked or not, failed or not. */
  restore: readonly Step[];
}
