/**
 * What other systems know about the run's life. All times are milliseconds since the epoch **on the driver's clock**: the
 * caller applies the offset where the resource manager's clock is known to differ.
 */
export interface LedgerContext {
  /** When the run was handed in (YARN `startedTime`). */
  submittedAt?: number;
  /** When its first container was given to it (YARN `launchTime`); before that it stood in the queue. */
  launchedAt?: number;
  /** When the platform says it ended, for a log that just stops. */
  finishedAt?: number;
  /** "Now" of the investigation, for a run that has not ended. */
  now?: number;
}
