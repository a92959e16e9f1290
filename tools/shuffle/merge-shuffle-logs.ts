import type { Evidence } from '../evidence/evidence.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import { clientEventsOf } from './events-of-client.ts';
import { masterEventOf } from './events-of-master.ts';
import { workerEventOf } from './events-of-worker.ts';
import { recordEvidence } from './record-evidence.ts';
import { eventsOf, type ShuffleEvent } from './shuffle-events.ts';
import type { ShuffleDaemon, ShuffleFacts, ShuffleRole, ShuffleUse } from './shuffle-facts.ts';

/** What of a log this area needs; the logs area's own facts fit. */
export interface ShuffleLog {
  source: string;
  writer: Writer;
  keys: JoinKeys;
  firstAt: number | null;
  lastAt: number | null;
  records: readonly TextRecord[];
  tail: readonly TextRecord[];
}

/** Clients stand in these. */
const CLIENTS: ReadonlySet<Writer> = new Set<Writer>(['spark_driver', 'spark_executor', 'spark_application_master']);

/**
 * Facts with what logs tell: the service's own (masters, workers) and those of its clients (drivers, executors). Only what the
 * processes themselves wrote counts, never a print of user code that looks like it.
 */
export function mergeShuffleLogs(facts: ShuffleFacts, logs: readonly ShuffleLog[]): ShuffleFacts {
  const own = logs.filter(({ writer }) => writer === 'celeborn');
  const ofService = own.flatMap((log) => serviceEvents(log));
  const ofClients = logs.filter(({ writer }) => CLIENTS.has(writer)).flatMap((log) => clientEvents(log));
  const events = [...facts.events, ...ofService, ...ofClients].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return {
    ...facts,
    events,
    uses: [...facts.uses, ...usesIn(events)],
    daemons: [...facts.daemons, ...own.flatMap((log) => daemonOf(log) ?? [])],
  };
}

/** Kept records and the last ones of the log, each once. */
function recordsOf({ records, tail }: ShuffleLog): TextRecord[] {
  const seen = new Set(records.map(({ order }) => order));
  return [...records, ...tail.filter(({ order }) => !seen.has(order))];
}

function serviceEvents(log: ShuffleLog): ShuffleEvent[] {
  const role = roleOf(log);
  const host = hostOf(log);
  return recordsOf(log)
    .filter(({ provenance }) => provenance === 'shuffle_service')
    .flatMap((record): ShuffleEvent[] => {
      const event = role === 'worker' && host !== null ? workerEventOf(record, host) : masterEventOf(record);
      return event ? [event] : [];
    });
}

function clientEvents(log: ShuffleLog): ShuffleEvent[] {
  return recordsOf(log)
    .filter(({ provenance }) => provenance === 'engine')
    .flatMap((record) => clientEventsOf(record));
}

/** A worker that reserved slots for a shuffle holds data of it. */
function usesIn(events: readonly ShuffleEvent[]): ShuffleUse[] {
  return eventsOf(events, 'reserved').map(({ applicationId, shuffleId, workerHost, at, record }) => ({
    applicationId,
    shuffleId,
    workerHost,
    at,
    evidence: recordEvidence(record),
  }));
}

/** By the classes that write: a log goes by its content, not by its path. */
const WORKER_WORDS =
  /StorageManager|Controller:|MemoryManager|PushDataHandler|FetchHandler|DeviceMonitor|\bWorker: |worker-/;
const MASTER_WORDS = /AbstractMetaManager|\bMaster: |master-|SlotsAllocator|HARaftServer|StateMachine|TagsManager/;

function roleOf(log: ShuffleLog): ShuffleRole | null {
  let votes = 0;
  for (const record of recordsOf(log)) {
    const words = `${record.thread} ${record.logger}: `;
    if (MASTER_WORDS.test(words)) votes += 1;
    if (WORKER_WORDS.test(words)) votes -= 1;
  }
  return votes === 0 ? null : votes > 0 ? 'master' : 'worker';
}

function hostOf(log: ShuffleLog): string | null {
  return log.keys.host ?? /^hosts\/([^/]{1,255})\//.exec(log.source)?.[1] ?? null;
}

/** First lines of a JVM that starts (`SignalUtils`, `NettyRpcEnvFactory`). */
const STARTS = /^Registering signal handler for TERM/;

function daemonOf(log: ShuffleLog): ShuffleDaemon | null {
  const role = roleOf(log);
  if (role === null) return null;
  const starts = recordsOf(log).filter(({ message, at }) => STARTS.test(message) && at !== log.firstAt);
  const restartedAt = starts.map((record): { at: number | null; evidence: Evidence } => ({
    at: record.at,
    evidence: recordEvidence(record),
  }));
  return { role, host: hostOf(log), firstAt: log.firstAt, lastAt: log.lastAt, restartedAt };
}
