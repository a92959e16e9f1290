import type { YarnApplication } from './application-facts.ts';
import type { YarnContainerHistory } from './container-history.ts';
import type { YarnFacts } from './facts.ts';
import { containersOfApplication } from './yarn-finding.ts';

/**
 * What ended an application, as far as YARN tells:
 *
 * - `master`: its last attempt's ApplicationMaster container was ended by the platform; `launch`: it never came up
 * - `master_expired`: the ApplicationMaster was not heard of in time
 * - `driver`: the program itself reported the failure (a user's exception, an exit status)
 * - `executor_failures`: Spark gave up after too many executors had ended badly
 * - `killed`: on somebody's request
 */
type ApplicationEndKind =
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'killed'
  | 'master'
  | 'launch'
  | 'master_expired'
  | 'driver'
  | 'executor_failures'
  | 'failed';

/** How an application ended and which container's end was its end, when one was. */
export interface ApplicationEnd {
  kind: ApplicationEndKind;
  master: YarnContainerHistory | null;
}

/** Spark's ApplicationMaster ends with these codes for failures that it reports itself (`ApplicationMaster.scala`, 2.x to 4.x). */
const SPARK_MASTER_REPORTS: ReadonlySet<number> = new Set([10, 12, 13, 14, 15, 16]);
const TOO_MANY_EXECUTORS = 11;

/** Spark's master passing on how the user's program ended. */
const OWN_REPORT = /^User (?:class|application)/;

/** The platform's own acts against a container. */
const ENDED_BY_PLATFORM: ReadonlySet<YarnContainerHistory['endedBy']> = new Set([
  'memory_check',
  'virtual_memory_check',
  'oom_handler',
  'preempted',
  'node_lost',
  'disk_failure',
  'overcommit_eviction',
]);

/** What ended an application. Pure. */
export function applicationEnd(application: YarnApplication, facts: YarnFacts): ApplicationEnd {
  const { state, finalStatus, diagnostics } = application;
  if (state === 'KILLED' || finalStatus === 'KILLED') return { kind: 'killed', master: null };
  if (state === 'RUNNING') return { kind: 'running', master: null };
  if (state !== 'FINISHED' && state !== 'FAILED') return { kind: 'waiting', master: null };
  if (finalStatus === 'SUCCEEDED') return { kind: 'succeeded', master: null };
  const master = lastMaster(application, facts);
  if (application.attempts.at(-1)?.expired || /ApplicationMaster for attempt \w{1,60} timed out/.test(diagnostics)) {
    return { kind: 'master_expired', master };
  }
  if (/Max number of executor failures/.test(diagnostics) || master?.exitCode === TOO_MANY_EXECUTORS) {
    return { kind: 'executor_failures', master };
  }
  if (master && ENDED_BY_PLATFORM.has(master.endedBy)) return { kind: 'master', master };
  const code = master?.exitCode ?? null;
  if (OWN_REPORT.test(diagnostics) || (code !== null && SPARK_MASTER_REPORTS.has(code))) {
    return { kind: 'driver', master };
  }
  const lived = master?.startedAt && master.finishedAt ? master.finishedAt - master.startedAt : null;
  if (master?.launchFailure?.output && lived !== null && lived < 10_000) return { kind: 'launch', master };
  return { kind: 'failed', master };
}

function lastMaster(application: YarnApplication, facts: YarnFacts): YarnContainerHistory | null {
  const masters = containersOfApplication(facts, application.id).filter((container) => container.isMaster);
  return masters.reduce<YarnContainerHistory | null>(
    (last, container) => (last === null || container.attempt > last.attempt ? container : last),
    null,
  );
}

/**
 * Containers of an application whose end was a failure: not those that it gave back, that ended with it, or that ended well.
 * Its master is left out when it only reports a failure that happened elsewhere.
 */
export function failedContainers(facts: YarnFacts, applicationId: string): YarnContainerHistory[] {
  const application = facts.applications.find((other) => other.id === applicationId);
  const reported = application !== undefined && OWN_REPORT.test(application.diagnostics);
  return containersOfApplication(facts, applicationId).filter((container) => {
    if (ENDED_BY_PLATFORM.has(container.endedBy)) return true;
    if (container.localizationFailure !== null) return true;
    if (container.endedBy !== 'itself' && container.endedBy !== 'unknown') return false;
    const status = container.exitStatus ?? container.exitCode;
    if (status === null || status === 0 || status === -1000) return false;
    return !(container.isMaster && (isReport(status) || (reported && status === 1)));
  });
}

/** True for the exit codes with which Spark's master reports a failure that happened elsewhere. */
export function isReport(status: number): boolean {
  return SPARK_MASTER_REPORTS.has(status) || status === TOO_MANY_EXECUTORS;
}

/** What a kind of loss is and how the program names it. */
export interface LossKind {
  /** The program's words for this kind of loss in its diagnostics. */
  named: RegExp;
  /** Whether Spark counts such a loss as a failure of the task that ran there (a preemption or a lost node it does not). */
  countsAsFailure: boolean;
}

/**
 * How much of an application's failure the loss of some of its containers explains: all of it when its master was among them,
 * their share of the failed containers when Spark gave up for too many or names the loss, little otherwise. Of an application that
 * went on, the share of the containers that ran beside them.
 */
export function lossWeight(
  application: YarnApplication,
  facts: YarnFacts,
  lost: readonly YarnContainerHistory[],
  kind: LossKind,
): number {
  const end = applicationEnd(application, facts);
  if (end.master && lost.some((container) => container.containerId === end.master?.containerId)) return 1;
  const failed = failedContainers(facts, application.id);
  const share = failed.length === 0 ? 0 : Math.min(1, lost.length / failed.length);
  if (end.kind === 'succeeded' || end.kind === 'running') return shareOfRunning(application.id, facts, lost);
  if (end.kind !== 'driver' && end.kind !== 'executor_failures' && end.kind !== 'failed') return 0.1;
  if (kind.named.test(application.diagnostics)) return Math.max(0.5, share);
  const base = kind.countsAsFailure ? (end.kind === 'executor_failures' ? 1 : 0.9) : 0.3;
  return Math.max(0.1, base * share);
}

/** The lost ones among the containers that ran when the first of them was lost. */
function shareOfRunning(applicationId: string, facts: YarnFacts, lost: readonly YarnContainerHistory[]): number {
  const at = Math.min(...lost.map((container) => container.finishedAt ?? Number.POSITIVE_INFINITY));
  const beside = containersOfApplication(facts, applicationId).filter(
    (container) =>
      !container.isMaster &&
      (container.startedAt ?? 0) <= at &&
      (container.finishedAt ?? Number.POSITIVE_INFINITY) >= at,
  );
  return beside.length === 0 ? 0.3 : Math.min(1, lost.length / Math.max(beside.length, lost.length));
}
