import type { Quote } from '../../../tools/evidence/quote.ts';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { MayRead } from './veil.ts';

/** Writers that serve everybody; every other log is some run's own. */
const SHARED: ReadonlySet<LogFacts['writer']> = new Set([
  'spark_worker',
  'spark_master',
  'node_manager',
  'resource_manager',
  'namenode',
  'datanode',
  'hdfs_audit',
  'kernel',
  'kubelet',
  'celeborn',
  'alluxio',
]);

/** Whether a log is a run's own. */
export function isOwnLog({ writer }: LogFacts): boolean {
  return !SHARED.has(writer);
}

interface Rights {
  mayRead: MayRead;
  /** Of an application or container id. */
  isHidden: (id: string) => boolean;
  hideText: (text: string) => string;
}

/** Tells which logs, and which places in them, the asker may not read. */
export interface HiddenLogs {
  has(piece: Pick<Quote, 'source' | 'fromLine'>): boolean;
}

/** The logs of others: by the run they belong to; one that belongs to none that is known has an unknown owner. */
export function logOwners(logs: readonly LogFacts[], rights: Rights): HiddenLogs {
  const hidden = new Map<string, { from: number; to: number }[]>();
  for (const log of logs) {
    if (!isHiddenLog(log, rights)) continue;
    const ranges = hidden.get(log.source) ?? [];
    ranges.push({ from: log.fromLine, to: log.toLine });
    hidden.set(log.source, ranges);
  }
  return {
    has: ({ source, fromLine }) =>
      hidden.get(source)?.some(({ from, to }) => fromLine >= from && fromLine <= to) === true,
  };
}

function isHiddenLog(log: LogFacts, { mayRead, isHidden, hideText }: Rights): boolean {
  const { applicationId, containerId, podName, podUid, user, queue, applicationName } = log.keys;
  const run = applicationId ?? containerId;
  if (run !== undefined && (/^(?:application|container)_/.test(run) || !isOwnLog(log)))
    return isOwnLog(log) && isHidden(run);
  if (!isOwnLog(log)) return false;
  const id = run ?? podName ?? podUid ?? log.source;
  if (hideText(id) !== id) return true;
  return !mayRead({ id, names: applicationName ? [applicationName] : [], user: user ?? null, queue: queue ?? null });
}
