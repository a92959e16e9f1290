import type { TextRecord } from '../evidence/text-record.ts';
import type { CacheDaemon, CacheEvent, CacheFacts, CacheLog, CacheRole } from './cache-facts.ts';

/** Facts with what the logs of the cache's own processes tell: events in the order of time, and how each log ends. */
export function mergeCacheLogs(facts: CacheFacts, logs: readonly CacheLog[]): CacheFacts {
  const own = logs.filter(({ writer }) => writer === 'alluxio');
  const events = own.flatMap((log) => log.records.flatMap((record) => eventOf(record, roleOf(log), hostOf(log)) ?? []));
  return {
    ...facts,
    events: [...facts.events, ...events].sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    daemons: [...facts.daemons, ...own.flatMap((log) => daemonOf(log) ?? [])],
  };
}

const WORKER_ADDRESS = /WorkerNetAddress\{host=(?<host>[\w.-]{1,253})/;

/** `DefaultBlockMaster`, 2.x. */
const LOST = /The worker \d{1,20}\([^\n]{0,600}? timed out after (?<ms>\d{1,12})ms without a heartbeat/;
/** `JvmPauseMonitor`, 2.x: the pause, then the collections that ran in it. */
const PAUSED = /JVM paused (?<ms>\d{1,12}) ?ms/;
/** `AlluxioFileInStream`, 2.x. It names healthy workers as well: by itself it proves no loss. */
const READ_FAILED = /Failed to read block \d{1,20} of file (?<path>\S{1,800}) from worker/;
/** `AlluxioFuseUtils`, `UnderFileSystemWithLogging`, 2.x. */
const SLOW_CALL =
  /(?<call>(?:Fuse\.)?\w{2,40})\((?:path=(?<path>[^,)\n]{1,600}))?[^\n]{0,400}?\) (?:returned|exits with)[^\n]{0,600}? in (?<ms>\d{1,12}) ms \(>=/;
const MISSING = /(?:FileNotFoundException|NoSuchFileException): (?<path>\/[^\s()]{1,800})/;
const UNANSWERED =
  /Failed to connect to master \((?<host>[^)\n:]{1,200})|Keepalive failed\. The connection is likely gone|check if Alluxio master is currently running/;

function eventOf(record: TextRecord, role: CacheRole | null, host: string | null): CacheEvent | null {
  const { at, text } = record;
  if (record.provenance !== 'cache') return null;
  const lost = LOST.exec(text);
  if (lost?.groups?.ms) {
    const worker = WORKER_ADDRESS.exec(text)?.groups?.host ?? '';
    return { kind: 'worker_lost', host: worker, silentMs: Number(lost.groups.ms), at, record };
  }
  const paused = PAUSED.exec(text);
  if (paused?.groups?.ms && role) {
    return {
      kind: 'pause',
      role,
      host,
      pauseMs: Number(paused.groups.ms),
      collectionMs: collectionsIn(text),
      at,
      record,
    };
  }
  const failed = READ_FAILED.exec(text);
  if (failed?.groups?.path) {
    const missing = MISSING.exec(text);
    if (missing?.groups?.path) return { kind: 'missing_below', storePath: missing.groups.path, at, record };
    return {
      kind: 'read_failed',
      workerHost: WORKER_ADDRESS.exec(text)?.groups?.host ?? null,
      path: failed.groups.path,
      at,
      record,
    };
  }
  const slow = SLOW_CALL.exec(text);
  if (slow?.groups?.ms && slow.groups.call) {
    return {
      kind: 'slow_call',
      call: slow.groups.call,
      durationMs: Number(slow.groups.ms),
      path: slow.groups.path ?? null,
      at,
      record,
    };
  }
  const missing = /Failed to read from UFS|ufs_path/.test(text) ? MISSING.exec(text) : null;
  if (missing?.groups?.path) return { kind: 'missing_below', storePath: missing.groups.path, at, record };
  const unanswered = UNANSWERED.exec(text);
  return unanswered ? { kind: 'master_unanswered', host: unanswered.groups?.host ?? null, at, record } : null;
}

/** Null where the monitor says that there was none, or names none. */
function collectionsIn(text: string): number | null {
  const times = [...text.matchAll(/GC name='[^'\n]{1,80}' count=\d{1,9} time=(\d{1,12})ms/g)];
  return times.length === 0 ? null : times.reduce((sum, found) => sum + Number(found[1]), 0);
}

const STOPPING = /Stopping|Shutting down|shutdown hook|unmount(?:ed|ing)|exiting|terminated by signal|SIGTERM/i;

function daemonOf(log: CacheLog): CacheDaemon | null {
  const role = roleOf(log);
  if (role === null) return null;
  const last = [...log.tail, ...log.records].reduce<TextRecord | null>(
    (latest, record) => (latest === null || record.order >= latest.order ? record : latest),
    null,
  );
  return {
    role,
    host: hostOf(log),
    lastAt: log.lastAt,
    stopped: log.tail.some(({ message }) => STOPPING.test(message)),
    mounts: [
      ...new Set(
        [...log.records, ...log.tail].flatMap(
          ({ text }) => /(?:Mounting (?:\w+: mount point=")?|mount point=")(\/[^\s":]{1,400})/.exec(text)?.[1] ?? [],
        ),
      ),
    ],
    last,
  };
}

/** By the classes that write: a log goes by its content, not by its path. */
const ROLE_CLASSES: readonly [RegExp, CacheRole][] = [
  [/AlluxioFuse|FuseFileSystem|AlluxioJniFuse|AlluxioFileInStream/, 'fuse'],
  [
    /DefaultBlockMaster|DefaultFileSystemMaster|AlluxioMasterProcess|FaultTolerantAlluxioMaster|UfsJournal|Master Lost Worker|master-rpc-executor|MasterMonitor|Master Throttle/,
    'master',
  ],
  [
    /AlluxioWorkerProcess|DefaultBlockWorker|BlockMasterSync|BlockDataReader|UfsFileBlockReader|BlockWorkerClient|worker-rpc|Worker Pin List/,
    'worker',
  ],
];

function roleOf(log: CacheLog): CacheRole | null {
  const votes = new Map<CacheRole, number>();
  for (const record of [...log.records, ...log.tail]) {
    const words = `${record.logger} ${record.thread} ${record.message.slice(0, 300)}`;
    for (const [pattern, role] of ROLE_CLASSES) if (pattern.test(words)) votes.set(role, (votes.get(role) ?? 0) + 1);
  }
  const [most] = [...votes].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}

function hostOf(log: CacheLog): string | null {
  return log.keys.host ?? /^hosts\/([^/]{1,255})\//.exec(log.source)?.[1] ?? null;
}
