import type { Outcome } from '../evidence/outcome.ts';
import type { SparkRun } from './facts.ts';

/** What is known of a run before it is read: from the head of an event log, a file name or a history server's list. */
export interface SparkRunListing {
  /** Handle for `read`: opaque to callers. */
  handle: string;
  applicationId: string | null;
  applicationName: string | null;
  attempt: string | null;
  user: string | null;
  startedAt: number | null;
  /** `null` while running or unknown. */
  endedAt: number | null;
  /** Up to when it tells of the run: the last event of a log, the last change a service knows of. Absent or `null`: unknown. */
  lastUpdatedAt?: number | null;
  inProgress: boolean;
  sparkVersion: string | null;
  backend: 'event_log' | 'rest';
}

/** The questions one can ask about Spark runs, whatever backend answers them. */
export interface SparkSource {
  /** Every run the backend knows, newest first. Cheap: heads only. */
  list(): Promise<Outcome<readonly SparkRunListing[]>>;
  /** The whole run as facts. Reads once; a second call answers from memory. */
  read(handle: string, signal?: AbortSignal): Promise<Outcome<SparkRun>>;
}
