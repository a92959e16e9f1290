import type { QuestionVariant, ScenarioFile } from '../scenario/scenario.ts';
import type { PairPlan } from './compare-pair.ts';
import type { Layer } from './daemons.ts';
import type { LabDisk } from './lab-disks.ts';
import type { NodeProof } from './node-proofs.ts';
import type { NodeStep } from './node-step.ts';

/** One thing that is done to the lab, or waited for. */
export type Step =
  | NodeStep
  /** Hands a job to its cluster; with settings that it has only this time. */
  | { do: 'submit'; job: string; settings?: Readonly<Record<string, string | number>> }
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
  | { do: 'ask'; when: 'during' }
  /** The moment with which the truth's window begins or ends. Without one it reaches from the first step to the recording. */
  | { do: 'mark'; fault: 'begins' | 'ends' }
  /** While it is recorded: what servers and hosts say now stays as an earlier sample. `ask` is one too. */
  | { do: 'sample' }
  /** Changes settings of a file of Hadoop's configuration on a host; who reads it again is another step. */
  | { do: 'configure'; host: string; file: string; settings: Settings }
  | { do: 'rmadmin'; words: readonly string[]; user: string }
  /** Every write to a disk of the incident (`disks`) waits, as on a controller that hangs; until it is thawed. */
  | { do: 'freeze-disk'; host: string; path: string }
  | { do: 'thaw-disk'; host: string; path: string }
  /** A host or a daemon gets so much of a disk of the incident and no more; null lifts it. */
  | { do: 'slow-disk'; of: string; host: string; path: string; bytesPerSecond: number | null }
  /** A host (what runs there now and whatever that starts) or a daemon gets so much of one processor; null lifts it. */
  | { do: 'starve-cpu'; of: string; percent: number | null }
  /** Processes that do nothing but count, on a host, until `seconds` have passed. */
  | { do: 'burn-cpu'; host: string; processes: number; seconds: number }
  /** A host or a daemon may hold so much memory; null lifts it. */
  | { do: 'starve-memory'; of: string; mebibytes: number | null }
  /** Overwrites bytes at the head or the tail of the files of HDFS that a glob names, and stores them again: their checksums are right. */
  | { do: 'damage-file'; path: string; at: 'head' | 'tail'; bytes: number }
  /** Overwrites bytes in the middle of the stored blocks of the newest file of HDFS: their checksums are wrong. */
  | { do: 'damage-newest-blocks' }
  /** Overwrites the first bytes of the files of a host whose path below `folder` matches: an image of a NameNode, a journal. */
  | { do: 'damage-metadata'; host: string; folder: string; files: RegExp }
  /** Files of a data set in the store below the cache: cut to a length, or deleted when it is null. Past the cache, as others do. */
  | { do: 'change-dataset'; dataset: string; files: RegExp; bytes: number | null };

/** Names and values of settings. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/**
 * What shows that the incident happened, whatever the product says: a line of a file of any of the hosts (`$HOST` in its path
 * stands for the host's name), of what the containers of a job wrote, or of a server's answer.
 */
export type Proof = { say: string; line: RegExp } & (
  | { hosts: readonly string[]; path: string }
  | { containersOf: string }
  | { url: string }
  | NodeProof
);

/**
 * A link of the truth's chain and where it is found in what was recorded: files of the capture (without `.gz`) whose name matches, lines
 * in them that do. One place is enough; when none is found, nothing is recorded.
 */
export interface LinkPlan {
  link: string;
  places: readonly { source: RegExp; line: RegExp }[];
}

/** What `scenario.yaml` says of an incident beyond what is measured when it is recorded. */
export interface ScenarioPlan
  extends Pick<ScenarioFile, 'id' | 'title' | 'tags' | 'gate' | 'gateBecause' | 'twinOf' | 'asker'>,
    Partial<Pick<ScenarioFile['expected'], 'ledger' | 'mustNotSay' | 'settings'>>,
    Pick<ScenarioFile['expected'], 'behaviour' | 'components' | 'responsibility'> {
  /** Further components that are right as well, by ids that only the recording knows: the first group of every line that matches. */
  found?: readonly { kind: ScenarioFile['expected']['components'][number]['kind']; source: RegExp; line: RegExp }[];
  /** In `components`, `job:<name>` stands for the id that its cluster gave that job. */
  questions: readonly (Pick<QuestionVariant, 'text' | 'language'> & Partial<QuestionVariant>)[];
  /** Symptom first, root last; empty where nothing is wrong and nothing has to be shown. */
  links: readonly LinkPlan[];
  /** `ask`: recorded at the step that asks, and what comes after it is not done: a run that goes on. By default `end`. */
  recordAt?: 'ask' | 'end';
  /** False: no window is scored (a run with which nothing is wrong). */
  window?: false;
}

/** An incident that is provoked on the lab, with its truth, which was written down before the product was asked. */
export interface LabIncident {
  name: string;
  did: string;
  question: string;
  /** The job that the question is about; by default the last one that was started. */
  subject?: string;
  /** What is complained of when nothing but the run is named; by default only that something was wrong. */
  complaint?: 'slow';
  truth: { code: string; acceptable: readonly string[]; mustNotCode: readonly string[] };
  /** The same while it lasts, where the truth is another one then (a job that still waits). */
  during?: { code: string; acceptable: readonly string[] };
  /** Layers that have to be up. */
  needs: readonly Layer[];
  /** Settings that differ from the lab's own, by file of Hadoop's or Alluxio's configuration, on every host. */
  settings?: Readonly<Record<string, Settings>>;
  /** Disks of its own, so that they can be frozen or slowed down. Needs root. */
  disks?: readonly LabDisk[];
  /** Two runs that are compared: what the slow one took more becomes the truth of its ledger. */
  pair?: PairPlan;
  /** How it is recorded for the benchmark (`lab record`). */
  scenario?: ScenarioPlan;
  steps: readonly Step[];
  proofs: readonly Proof[];
  /** What has to be mended afterwards, asked or not, failed or not. */
  restore: readonly Step[];
}
