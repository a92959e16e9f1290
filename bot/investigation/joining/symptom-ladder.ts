import type { Symptom } from '../../../tools/evidence/finding.ts';

/** From the surface down: a symptom further down explains one above it. */
const LADDER: readonly Symptom[] = [
  'application_failed',
  'submission_failed',
  'slow',
  'waiting',
  'attempt_failed',
  'job_failed',
  'stage_failed',
  'fetch_failed',
  'task_failed',
  'node_lost',
  'executor_lost',
  'heartbeat_late',
  'container_exited',
  'process_crashed',
  'process_killed',
];

/** Rungs that speak about the application as a whole: joined on the application alone. */
const WHOLE_APPLICATION: ReadonlySet<Symptom> = new Set([
  'application_failed',
  'submission_failed',
  'attempt_failed',
  'job_failed',
  'slow',
  'waiting',
]);

/** Position on the ladder, 0 at the surface; what has no symptom stands below all. */
export function rungOf(symptom: Symptom | undefined): number {
  return symptom === undefined ? LADDER.length : LADDER.indexOf(symptom);
}

export function isAboutWholeApplication(symptom: Symptom | undefined): boolean {
  return symptom !== undefined && WHOLE_APPLICATION.has(symptom);
}
