import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { failedContainers, type LossKind, lossWeight } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import type { YarnFacts } from '../facts.ts';
import type { DiskReport, YarnNode } from '../node-facts.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  applicationKeys,
  askedApplications,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/** Words of an end for lack of space or for a broken disk in diagnostics and outputs. */
const DISK_WORDS =
  /No space left on device|Disk quota exceeded|Input\/output error|Read-only file system|local-dirs|disks failed/i;

/** An unhealthy node's containers are taken like a lost node's. */
const LOSS: LossKind = { named: /\*lost\* node|lost node|disks failed|unhealthy/i, countsAsFailure: false };

/**
 * Local directories that a NodeManager took out of use while the application had containers on that node: full (over the
 * configured use) or bad (cannot be written). Without a container there, or without one that ended badly, it explains little.
 */
export const nodeDisksRule: Rule<YarnFacts> = {
  id: 'yarn/node-disks',
  area: 'yarn',
  codes: ['storage.disk_full_local', 'storage.bad_disk'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts)),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding[] {
  const own = containersOfApplication(facts, application.id);
  return facts.nodes.flatMap((node) => {
    const there = own.filter((container) => container.host === node.host);
    if (there.length === 0) return [];
    const reports = withReasons(node.disks.filter((disk) => inTime(disk, there)));
    const kinds = Map.groupBy(reports, (disk) => disk.kind);
    return [...kinds].map(([kind, group]) => finding(application, node, kind, group, there, facts));
  });
}

/** 2.x says only "are bad" in its summary; its lines about single directories tell which of those are merely full. */
function withReasons(reports: readonly DiskReport[]): DiskReport[] {
  const reasons = new Map(
    reports.flatMap((report) =>
      report.kind === 'unknown' ? [] : report.paths.map((path) => [path, report.kind] as const),
    ),
  );
  return reports.map((report) => {
    const kinds = new Set(report.paths.map((path) => reasons.get(path)));
    const [only] = kinds;
    return report.kind === 'unknown' && kinds.size === 1 && only ? { ...report, kind: only } : report;
  });
}

function inTime(disk: DiskReport, containers: readonly YarnContainerHistory[]): boolean {
  if (disk.at === null) return true;
  const from = Math.min(...containers.map((container) => container.startedAt ?? disk.at ?? 0));
  const to = Math.max(...containers.map((container) => container.finishedAt ?? Number.POSITIVE_INFINITY));
  return disk.at >= from - YARN_THRESHOLDS.diskAroundMs && disk.at <= to + YARN_THRESHOLDS.sameEventMs;
}

function finding(
  application: YarnApplication,
  node: YarnNode,
  kind: DiskReport['kind'],
  reports: readonly DiskReport[],
  there: readonly YarnContainerHistory[],
  facts: YarnFacts,
): Finding {
  const first = reports.reduce((a, b) => ((b.at ?? 0) < (a.at ?? 0) ? b : a));
  const paths = [...new Set(reports.flatMap((report) => report.paths))];
  const code = kind === 'full' ? 'storage.disk_full_local' : 'storage.bad_disk';
  const threshold = reports.find((report) => report.thresholdPercent !== null)?.thresholdPercent ?? null;
  const what =
    kind === 'full' ? { en: 'over its usage limit', zh: '使用率超过上限' } : { en: 'unusable', zh: '不可用' };
  const where = paths.length > 0 ? paths.slice(0, 3).join(', ') : 'local directories';
  const own = reports.filter((report) => report.evidence.provenance === 'node_manager');
  return yarnFinding({
    rule: nodeDisksRule.id,
    code,
    kind: kind === 'unknown' ? 'inferred' : 'observed',
    keys: { ...applicationKeys(application), host: node.host, ...(paths[0] ? { path: paths[0] } : {}) },
    at: first.at,
    until: reports.find((report) => report.goodAgainAt !== null)?.goodAgainAt ?? null,
    weight: weightOf(application, node, there, reports, facts),
    count: reports.length,
    evidence: distinctEvidence([...(own.length > 0 ? own : reports)].slice(0, 3).map((report) => report.evidence)),
    values: { ...(threshold === null ? {} : { thresholdPercent: threshold }), directories: paths.length },
    statement: {
      en: `The NodeManager of ${node.host} took ${where} out of use: ${what.en}${threshold === null ? '' : ` of ${threshold} %`}`,
      zh: `${node.host} 的 NodeManager 停用了 ${where}：${what.zh}${threshold === null ? '' : `（${threshold} %）`}`,
    },
    ...(kind === 'full' && paths.length > 0 ? { completeStatement: 'node_local_dirs_full' } : {}),
  });
}

/** Heavy when containers there died of it or the node was taken out of service; else it stands beside the failure. */
function weightOf(
  application: YarnApplication,
  node: YarnNode,
  there: readonly YarnContainerHistory[],
  reports: readonly DiskReport[],
  facts: YarnFacts,
): number {
  if (there.some((container) => container.endedBy === 'disk_failure')) return 1;
  const failed = failedContainers(facts, application.id);
  const here = failed.filter((container) => container.host === node.host);
  const says = (text: string) => DISK_WORDS.test(text);
  if (here.some((container) => says(container.diagnostics) || says(container.launchFailure?.output ?? ''))) return 0.9;
  if (says(application.diagnostics)) return 0.8;
  const unhealthy = node.state === 'UNHEALTHY' || node.changes.some((change) => change.to === 'UNHEALTHY');
  if (unhealthy && here.length > 0) return Math.max(0.6, lossWeight(application, facts, here, LOSS));
  if (tookAnAttempt(application, node, reports)) return 0.8;
  if (isJustBeforeFailure(application, reports)) return 0.5;
  return here.length > 0 ? 0.2 : 0.1;
}

/** The node was taken out of service with an ApplicationMaster on it: the application began again from the beginning. */
function tookAnAttempt({ attempts }: YarnApplication, node: YarnNode, reports: readonly DiskReport[]): boolean {
  return attempts.some(({ host, exitStatus, finishedAt }) => {
    if (host !== node.host || finishedAt === null || exitStatus !== EXIT_STATUS.aborted) return false;
    return reports.some(({ at }) => at !== null && Math.abs(finishedAt - at) <= YARN_THRESHOLDS.sameEventMs);
  });
}

/** The program failed within minutes of the report: its tasks there may have met the disk, which only its own log tells. */
function isJustBeforeFailure(application: YarnApplication, reports: readonly DiskReport[]): boolean {
  const { finishedAt, finalStatus } = application;
  if (finalStatus !== 'FAILED' || finishedAt === null) return false;
  return reports.some(
    (report) =>
      report.at !== null &&
      report.at <= finishedAt + YARN_THRESHOLDS.sameEventMs &&
      report.at >= finishedAt - YARN_THRESHOLDS.askedWithinMs,
  );
}
