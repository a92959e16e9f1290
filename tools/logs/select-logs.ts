import { isDaemon } from './record-provenance.ts';
import type { SurveyedFile } from './survey-logs.ts';

/** What is asked about. */
export interface LogScope {
  /** Ids as the platform prints them; absent: every application. */
  applicationIds?: readonly string[] | undefined;
  /** Hosts whose daemons matter; absent: every host. */
  hosts?: readonly string[] | undefined;
}

/** Logs to read, and those passed over, by reason. */
export interface LogSelection {
  read: SurveyedFile[];
  otherApplications: number;
  otherHosts: number;
  unknownOwner: number;
  tooMany: number;
}

/** Services of the whole cluster: they matter whatever host they run on. */
const CLUSTER_WIDE = new Set(['resource_manager', 'namenode', 'hdfs_audit', 'spark_master']);
/** Logs of unknown owners are read only where there are few: on a small platform, or in a capture. */
const FEW_LOGS = 500;
const FEW_BYTES = 4 * 2 ** 30;
/** Beyond this an unscoped reading would take minutes. */
const MOST_LOGS = 4_000;
const MOST_BYTES = 32 * 2 ** 30;

/** Chooses the logs that touch a scope: the applications' own, their hosts' daemons, the cluster's services. */
export function selectLogs(files: readonly SurveyedFile[], scope: LogScope): LogSelection {
  const selection: LogSelection = { read: [], otherApplications: 0, otherHosts: 0, unknownOwner: 0, tooMany: 0 };
  const unknown: SurveyedFile[] = [];
  for (const surveyed of files) {
    if (surveyed.as.is !== 'log') continue;
    const reason = reasonToPass(surveyed, scope);
    if (reason === 'unknownOwner') unknown.push(surveyed);
    else if (reason !== null) selection[reason] += 1;
    else selection.read.push(surveyed);
  }
  if (unknown.length <= FEW_LOGS && bytesOf(unknown) <= FEW_BYTES) selection.read.push(...unknown);
  else selection.unknownOwner = unknown.length;
  return withinBounds(selection);
}

function reasonToPass(
  { file, as }: SurveyedFile,
  scope: LogScope,
): 'otherApplications' | 'otherHosts' | 'unknownOwner' | null {
  if (as.is !== 'log') return null;
  const { applicationIds, hosts } = scope;
  if (isDaemon(as.writer)) {
    const matters =
      hosts === undefined || CLUSTER_WIDE.has(as.writer) || (file.host !== undefined && hosts.includes(file.host));
    return matters ? null : 'otherHosts';
  }
  if (applicationIds === undefined) return null;
  const owner = as.keys.applicationId;
  if (owner === undefined) return 'unknownOwner';
  return applicationIds.includes(owner) ? null : 'otherApplications';
}

function withinBounds(selection: LogSelection): LogSelection {
  let bytes = 0;
  const read = selection.read.filter(({ file }, index) => {
    bytes += file.storedBytes;
    return index < MOST_LOGS && bytes <= MOST_BYTES;
  });
  return { ...selection, read, tooMany: selection.read.length - read.length };
}

function bytesOf(files: readonly SurveyedFile[]): number {
  return files.reduce((sum, { file }) => sum + file.storedBytes, 0);
}
