import { bytes, duration, plural } from '../../tools/evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../../tools/spark/facts.ts';
import type { SparkRunListing } from '../../tools/spark/source.ts';
import { isoTime } from '../investigation/iso-time.ts';

const MAX_STAGES = 15;
const MAX_EXECUTORS = 12;

/** One line for each known run, newest first. */
export function tellSparkRuns(runs: readonly SparkRunListing[]): string[] {
  return runs.map(({ handle, applicationId, applicationName, attempt, startedAt, endedAt, inProgress, user }) => {
    const end = inProgress ? 'in progress' : (isoTime(endedAt) ?? 'end unknown');
    const id = applicationId ?? handle;
    const more = [
      ...(attempt === null ? [] : [`attempt ${attempt}`]),
      ...(user === null ? [] : [`user ${user}`]),
      ...(handle === id ? [] : [`handle ${handle}`]),
    ];
    return `${id} ${applicationName ?? 'without a name'}: ${isoTime(startedAt) ?? 'start unknown'} to ${end}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
  });
}

/** One run: how it ended, what failed, where the time went, which settings it had. */
export function tellSparkRun(run: SparkRun): string[] {
  const { application, completeness, executors, jobs, stages, environment, sparkVersion } = run;
  const failedJobs = jobs.filter(({ result }) => result === 'failed');
  const removed = executors.filter(({ removalKind }) => removalKind !== null && removalKind !== 'released');
  const longest = [...stages].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, MAX_STAGES);
  return [
    `run ${application.id ?? 'without an id'} ${application.name ?? ''}: Spark ${sparkVersion ?? 'unknown'} on ${application.platform}, ` +
      `${isoTime(application.startedAt) ?? 'start unknown'} to ${isoTime(application.endedAt) ?? completeness.end}` +
      (application.exitCode === null ? '' : `, exit code ${application.exitCode}`),
    `${plural(jobs.length, 'job')} (${failedJobs.length} failed), ${plural(stages.length, 'stage')}, ${plural(executors.length, 'executor')} (${removed.length} lost or killed)`,
    ...failedJobs.slice(0, 3).map(({ id, failureReason }) => `job ${id} failed: ${failureReason ?? 'no reason given'}`),
    ...removed
      .slice(0, MAX_EXECUTORS)
      .map(
        ({ id, host, removedAt, removalKind, removalReason }) =>
          `executor ${id} on ${host} gone ${isoTime(removedAt) ?? ''} (${removalKind}): ${removalReason ?? ''}`,
      ),
    ...more(removed.length - MAX_EXECUTORS, 'lost executor'),
    ...longest.map(stageLine),
    ...more(stages.length - longest.length, 'shorter stage'),
    ...Object.entries(environment.spark).map(([key, value]) => `setting ${key}=${value}`),
  ];
}

function weightOf({ durationMs, submittedAt, completedAt }: StageFacts): number {
  return (completedAt ?? 0) - (submittedAt ?? completedAt ?? 0) || (durationMs?.sum ?? 0);
}

function stageLine(stage: StageFacts): string {
  const { stageId, attempt, status, taskCount, attempts, durationMs, gcMs, fetchWaitMs } = stage;
  const wall = stage.submittedAt === null || stage.completedAt === null ? null : stage.completedAt - stage.submittedAt;
  const figures = [
    ...(wall === null ? [] : [`took ${duration(wall).en}`]),
    ...(durationMs ? [`task median ${duration(durationMs.p50).en}, longest ${duration(durationMs.max).en}`] : []),
    ...(gcMs && gcMs.sum > 0 ? [`GC ${duration(gcMs.sum).en} in all`] : []),
    ...(fetchWaitMs && fetchWaitMs.sum > 0 ? [`fetch wait ${duration(fetchWaitMs.sum).en} in all`] : []),
    ...sized('read', stage.inputBytes?.sum),
    ...sized('shuffle read', stage.shuffleReadBytes?.sum),
    ...sized('shuffle written', stage.shuffleWriteBytes?.sum),
    ...sized('spilled to disk', stage.diskSpilledBytes?.sum),
    ...(attempts.failed > 0 ? [`${plural(attempts.failed, 'task attempt')} failed`] : []),
  ];
  const reason = stage.failureReason === null ? '' : `; failed: ${stage.failureReason}`;
  return `stage ${stageId}.${attempt} ${status}, ${plural(taskCount, 'task')}: ${figures.join(', ')}${reason}`;
}

function sized(what: string, value: number | undefined): string[] {
  return value === undefined || value === 0 ? [] : [`${what} ${bytes(value)}`];
}

function more(left: number, noun: string): string[] {
  return left > 0 ? [`and ${plural(left, `more ${noun}`)}`] : [];
}
