import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import type { Milestone } from './log-facts.ts';

type Values = Record<string, number | string>;

interface MilestonePattern {
  kind: Milestone['kind'];
  /** Stands in every record that matches, for the scan. */
  literal: string;
  writers: readonly Writer[];
  pattern: RegExp;
  keys?(found: RegExpExecArray): JoinKeys;
  values?(found: RegExpExecArray): Values;
}

const DRIVER: readonly Writer[] = ['spark_driver', 'spark_application_master', 'user_program', 'unknown'];
const EXECUTOR: readonly Writer[] = ['spark_executor'];
const SPARK: readonly Writer[] = [...DRIVER, 'spark_executor', 'spark_worker', 'spark_master'];
const CONTAINER = 'container_(?:e\\d{1,6}_)?\\d{10,16}_\\d{4,10}_\\d{1,6}_\\d{1,10}';
const HOST = '([\\w.-]{1,255}|\\[[0-9a-f:]{2,45}\\])';

/** What the components of Spark (1.6 to 4.0) and Hadoop (2.7 to 3.3) say when something begins or ends as it should. */
const PATTERNS: readonly MilestonePattern[] = [
  {
    kind: 'application_submitted',
    literal: 'Submitted application application_',
    writers: DRIVER,
    pattern: /^Submitted application (application_\d{10,16}_\d{4,10})/,
    keys: (found) => ({ applicationId: found[1] ?? '' }),
  },
  {
    kind: 'application_submitted',
    literal: 'State change from NEW_SAVING to SUBMITTED',
    writers: ['resource_manager'],
    pattern: /^(application_\w{1,40}) State change from NEW_SAVING to SUBMITTED/,
  },
  {
    kind: 'application_accepted',
    literal: 'State change from SUBMITTED to ACCEPTED',
    writers: ['resource_manager'],
    pattern: /^(application_\w{1,40}) State change from SUBMITTED to ACCEPTED/,
  },
  {
    kind: 'application_running',
    literal: 'State change from ACCEPTED to RUNNING',
    writers: ['resource_manager'],
    pattern: /^(application_\w{1,40}) State change from ACCEPTED to RUNNING/,
  },
  {
    kind: 'application_finished',
    literal: 'ApplicationSummary',
    writers: ['resource_manager'],
    pattern: /appId=application_\w{1,40},.{0,2000}?state=(\w{1,20})/,
    values: (found) => ({ state: found[1] ?? '' }),
  },
  {
    kind: 'attempt_started',
    literal: 'ApplicationAttemptId: appattempt_',
    writers: DRIVER,
    pattern: /^ApplicationAttemptId: appattempt_(\d{10,16}_\d{4,10})_(\d{1,6})/,
    keys: (found) => ({ applicationId: `application_${found[1]}`, applicationAttempt: Number(found[2]) }),
  },
  {
    kind: 'container_allocated',
    literal: 'Launching container ',
    writers: DRIVER,
    pattern: new RegExp(`^Launching container (${CONTAINER}) on host ${HOST}(?: for executor with ID (\\d{1,9}))?`),
    keys: (found) => ({
      containerId: found[1] ?? '',
      host: found[2] ?? '',
      ...(found[3] === undefined ? {} : { executorId: found[3] }),
    }),
  },
  {
    kind: 'container_started',
    literal: ' transitioned from ',
    writers: ['node_manager'],
    pattern: new RegExp(`^Container (${CONTAINER}) transitioned from \\w{1,40} to RUNNING`),
  },
  {
    kind: 'container_finished',
    literal: ' transitioned from ',
    writers: ['node_manager'],
    pattern: new RegExp(
      `^Container (${CONTAINER}) transitioned from \\w{1,40} to (EXITED_WITH_\\w{1,20}|CONTAINER_CLEANEDUP_AFTER_KILL)`,
    ),
    values: (found) => ({ state: found[2] ?? '' }),
  },
  {
    kind: 'container_finished',
    literal: 'Completed container ',
    writers: DRIVER,
    pattern: new RegExp(
      `^Completed container (${CONTAINER})(?: on host: ${HOST})? \\(state: \\w{1,20}, exit status: (-?\\d{1,6})\\)`,
    ),
    keys: (found) => ({ containerId: found[1] ?? '', ...(found[2] === undefined ? {} : { host: found[2] }) }),
    values: (found) => ({ exitCode: Number(found[3]) }),
  },
  {
    kind: 'executor_registered',
    literal: 'Registered executor ',
    writers: DRIVER,
    pattern: new RegExp(`^Registered executor \\S{1,400} \\(${HOST}(?::\\d{1,5})?\\) with ID ([^\\s,]{1,40})`),
    keys: (found) => ({ host: found[1] ?? '', executorId: found[2] ?? '' }),
  },
  {
    kind: 'executor_registered',
    literal: 'Starting executor ID ',
    writers: EXECUTOR,
    pattern: new RegExp(`^Starting executor ID (\\S{1,40}) on host ${HOST}`),
    keys: (found) => ({ executorId: found[1] ?? '' }),
  },
  {
    kind: 'executor_removed',
    literal: 'Lost executor ',
    writers: DRIVER,
    pattern: new RegExp(`^Lost executor (\\S{1,40}) on ${HOST}: ([^\\n]{0,400})`),
    keys: (found) => ({ executorId: found[1] ?? '', host: found[2] ?? '' }),
    values: (found) => ({ reason: found[3] ?? '' }),
  },
  {
    kind: 'executor_removed',
    literal: 'due to idle timeout',
    writers: DRIVER,
    pattern: /^Executors? ([\d, ]{1,400}) removed due to idle timeout/,
    values: (found) => ({ reason: 'idle timeout', executors: (found[1] ?? '').trim() }),
  },
  {
    kind: 'job_started',
    literal: ' output partitions',
    writers: DRIVER,
    pattern: /^Got job (\d{1,9}) \(([^\n]{1,300})\) with (\d{1,9}) output partitions/,
    keys: (found) => ({ jobId: Number(found[1]) }),
    values: (found) => ({ call: found[2] ?? '', partitions: Number(found[3]) }),
  },
  {
    kind: 'job_finished',
    literal: ', took ',
    writers: DRIVER,
    pattern: /^Job (\d{1,9}) (finished|failed): ([^\n]{1,300}), took ([\d.]{1,20}) s/,
    keys: (found) => ({ jobId: Number(found[1]) }),
    values: (found) => ({
      outcome: found[2] ?? '',
      call: found[3] ?? '',
      durationMs: Math.round(Number(found[4]) * 1000),
    }),
  },
  {
    kind: 'write_committed',
    literal: ' committed. Elapsed time: ',
    writers: DRIVER,
    pattern: /^Write Job (\S{1,80}) committed\. Elapsed time: (\d{1,15}) ms/,
    values: (found) => ({ durationMs: Number(found[2]) }),
  },
  {
    kind: 'listing_finished',
    literal: ' ms to list leaf files for ',
    writers: DRIVER,
    pattern: /^It took (\d{1,15}) ms to list leaf files for (\d{1,12}) paths/,
    values: (found) => ({ durationMs: Number(found[1]), paths: Number(found[2]) }),
  },
  {
    kind: 'application_running',
    literal: 'Registered app ',
    writers: ['spark_master'],
    pattern: /^Registered app (.{1,200}) with ID (app-\d{14}-\d{4,6})/,
    keys: (found) => ({ applicationName: found[1] ?? '', applicationId: found[2] ?? '' }),
  },
  {
    kind: 'application_finished',
    literal: 'Received unregister request from application ',
    writers: ['spark_master'],
    pattern: /^Received unregister request from application (app-\d{14}-\d{4,6})/,
    keys: (found) => ({ applicationId: found[1] ?? '' }),
    values: () => ({ by: 'application' }),
  },
  {
    kind: 'application_finished',
    literal: 'Removing app app-',
    writers: ['spark_master'],
    pattern: /^Removing app (app-\d{14}-\d{4,6})/,
    keys: (found) => ({ applicationId: found[1] ?? '' }),
    values: () => ({ by: 'master' }),
  },
  {
    kind: 'context_started',
    literal: 'Running Spark version ',
    writers: DRIVER,
    pattern: /^Running Spark version (\S{1,60})/,
    values: (found) => ({ version: found[1] ?? '' }),
  },
  {
    kind: 'context_stopped',
    literal: 'Successfully stopped SparkContext',
    writers: DRIVER,
    pattern: /^Successfully stopped SparkContext/,
  },
  {
    kind: 'process_started',
    literal: 'Started daemon with process name: ',
    writers: SPARK,
    pattern: /^Started daemon with process name: (\d{1,10})@(\S{1,255})/,
    keys: (found) => ({ pid: Number(found[1]), host: found[2] ?? '' }),
  },
  {
    kind: 'process_started',
    literal: 'STARTUP_MSG: Starting ',
    writers: ['node_manager', 'resource_manager', 'namenode', 'datanode'],
    pattern: /STARTUP_MSG: Starting (\w{1,40})/,
  },
  {
    kind: 'process_ended',
    literal: 'Shutdown hook called',
    writers: SPARK,
    pattern: /^Shutdown hook called/,
  },
  {
    kind: 'process_ended',
    literal: 'RECEIVED SIGNAL ',
    writers: SPARK,
    pattern: /^RECEIVED SIGNAL (\w{1,12})/,
    values: (found) => ({ signal: found[1] ?? '' }),
  },
  {
    kind: 'process_ended',
    literal: 'SHUTDOWN_MSG: Shutting down ',
    writers: ['node_manager', 'resource_manager', 'namenode', 'datanode'],
    pattern: /SHUTDOWN_MSG: Shutting down (\w{1,40})/,
  },
];

/** What a driver tells of its executors and their containers happened where those run, not where the driver does. */
const ABOUT_OTHERS: ReadonlySet<Milestone['kind']> = new Set<Milestone['kind']>([
  'container_allocated',
  'container_finished',
  'executor_registered',
  'executor_removed',
]);

function withoutPlace({
  host: _h,
  pid: _p,
  containerId: _c,
  executorId: _e,
  podName: _n,
  podUid: _u,
  ...rest
}: JoinKeys): JoinKeys {
  return rest;
}

/** What the scan must not pass over in a log of this writer, for its milestones. */
export function milestoneLiterals(writer: Writer): string[] {
  return PATTERNS.filter((each) => each.writers.includes(writer)).map((each) => each.literal);
}

/** The milestone that a record tells of, or `null`. Only the component's own record counts, never a print that imitates it. */
export function milestoneOf(record: TextRecord): Milestone | null {
  if (record.provenance === 'user_process') return null;
  for (const { kind, writers, pattern, literal, keys, values } of PATTERNS) {
    if (!writers.includes(record.writer) || !record.text.includes(literal)) continue;
    // Banners of the daemons begin on the record's second line.
    const found = pattern.exec(record.message) ?? (kind.startsWith('process_') ? pattern.exec(record.text) : null);
    if (!found) continue;
    const named = keys?.(found) ?? {};
    const own = ABOUT_OTHERS.has(kind) && DRIVER.includes(record.writer) ? withoutPlace(record.keys) : record.keys;
    return { kind, keys: { ...own, ...named }, at: record.at, values: values?.(found) ?? {}, record };
  }
  return null;
}
