import type { Language } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';

/**
 * What an asker wants to know. `cause_of_death`: who or what killed it. `status`: whether it has ended, is stuck or may be
 * killed. `how_to`: how to set or do something, with no trouble reported. `smalltalk`: a greeting or thanks.
 */
export type Asks = 'failure' | 'slowness' | 'status' | 'cause_of_death' | 'how_to' | 'smalltalk';

/** A time span the asker names; both ends in milliseconds since the epoch, inclusive. */
export interface TimeWindow {
  from: number;
  to: number;
  /** The words it was read from, as the asker wrote them. */
  words: string;
}

/** The asker's own idea of the cause. */
export interface Theory {
  /** The phrase as the asker wrote it, at most 160 characters. */
  text: string;
  /** The code it speaks of; `null` when it names none of the catalogue. */
  code: CauseCode | null;
  polarity: 'suspects' | 'denies';
  /** The kind of the cause that the words name, where a code stands for several (`port_taken`). */
  reason?: string;
  /** Beginning of the codes that bear out a loose guess, such as `shuffle.remote_service_`. */
  family?: string;
}

/** Systems whose links people paste. */
export type LinkedService =
  | 'yarn-rm'
  | 'spark-history'
  | 'spark-driver'
  | 'spark-master'
  | 'airflow'
  | 'flink'
  | 'hdfs-namenode'
  | 'unknown';

/** A link in the text. It is read for what it names and never fetched. */
export interface QuestionLink {
  /** The link as written, at most 2,000 characters. */
  url: string;
  service: LinkedService;
  host: string;
  applicationIds: readonly string[];
  flinkJobIds: readonly string[];
  /** Airflow's names in path or query. */
  dagId?: string;
  dagRunId?: string;
  taskId?: string;
  /** The time in the name of an Airflow run: logical date, or when it was started by hand; milliseconds since the epoch. */
  runAt?: number;
  /** The stage whose page it is. */
  stage?: number;
}

/** Ids of everything but applications, each in the order of the text and once. */
export interface QuestionIds {
  containers: readonly string[];
  attempts: readonly string[];
  /** `job_…`, `task_…` and `attempt_…` ids of MapReduce, which committers use too. */
  mapReduce: readonly string[];
  /** `driver-…` ids of a standalone master. */
  drivers: readonly string[];
  pods: readonly string[];
  podUids: readonly string[];
  flinkJobs: readonly string[];
}

/** A question as read from its words, without a model and without any look at the platform. */
export interface Question {
  text: string;
  /** `zh` when the asker's own words hold at least four Han characters. */
  language: Language;
  asks: Asks;
  /** Slowness is spoken of, whatever is asked first. */
  speaksOfSlowness: boolean;
  /**
   * Applications the question names, links and container ids included, in the order of the text: YARN (`application_…`),
   * standalone (`app-…`), local (`local-…`), Kubernetes (`spark-` and 32 hexadecimal digits).
   */
  applicationIds: readonly string[];
  /** Applications that only the attached text names: data, weaker than what the asker says. */
  attachedApplicationIds: readonly string[];
  ids: QuestionIds;
  links: readonly QuestionLink[];
  /** Job names as people say them, the likeliest first: `dwd_order_user_wide`, `user-profile-join`, `UserGraphJoin`. */
  jobNames: readonly string[];
  /** Looser descriptions of the job: `feature store job`, `nightly dedup`. */
  describedAs: readonly string[];
  /** Running numbers of applications as people shorten them: `0062`. */
  applicationNumbers: readonly string[];
  /** Host names, host-like words and addresses, as written; to be matched with the hosts known. */
  hosts: readonly string[];
  queues: readonly string[];
  executors: readonly string[];
  stages: readonly number[];
  tasks: readonly number[];
  /** When it happened, as the asker says; `null` when nothing was said. */
  window: TimeWindow | null;
  /** The time the asker compares with ("faster yesterday", "worked last week"); `null` when nothing was said. */
  comparedWith: TimeWindow | null;
  /** The asker's theories in the order of the text, each code once. */
  theories: readonly Theory[];
}

/** What is known beside the words. */
export interface QuestionContext {
  /** Milliseconds since the epoch. */
  now: number;
  /** Offset of the asker's zone from UTC in minutes, such as 480; UTC when not known. */
  zoneOffsetMinutes?: number;
  /** Texts the asker pasted or attached. Data: only ids are taken from them, no wish and no theory. */
  attachments?: readonly string[];
}
