import type { TextRecord } from '../evidence/text-record.ts';
import { clientReadEventOf } from './events-of-client-reads.ts';
import { spanOf } from './parse-sizes.ts';
import { workerIn } from './record-text.ts';
import type { ClientEvent } from './shuffle-events.ts';

/** `StaticMasterEndpointResolver`, `MasterClient` of Celeborn 0.4 to 0.7; the exception's text has been the same since 0.2. */
const ENDPOINTS = /masterEndpoints = (?:List|ArrayBuffer|Vector|Seq|\[)\(?(?<list>[\w.:, -]{1,2000})/;
const CONNECTED = /^(?:connect to|Fail over to) master (?<address>[\w.-]{1,253}:\d{1,5})/;
const NO_MASTER =
  /trying all the available Master Addresses\((?<list>[\w.:, -]{1,2000})\), an usable link still couldn't/;
/** `TransportClientFactory` of Celeborn's own network module; Spark has a class of the same name. */
const CONNECT = /Failed to connect to (?<host>[\w.-]{1,253})\/[^\s:]{1,60}:(?<port>\d{1,5})/;
const QUIET =
  /^Connection to (?<host>[\w.-]{1,253})\/[^\s:]{1,60}:(?<port>\d{1,5}) has been quiet for (?<span>[\d.]{1,12} ?[a-z]{1,3}) while there are outstanding requests/;
/** `SparkShuffleManager`, fall-back policies. */
const FELL_BACK = /^Fallback to vanilla Spark SortShuffleManager for shuffle: (?<shuffle>\d{1,9})/;
/** 0.2-0.7, as a policy of its own from 0.6: more partitions than `celeborn.client.spark.shuffle.fallback.numPartitionsThreshold`. */
const MANY =
  /(?:Shuffle num of partitions|Shuffle partition number): ?(?<partitions>\d{1,12}) (?:is bigger than the limit|exceeds threshold): ?(?<limit>\d{1,12})/;
const NO_WORKERS = /^No celeborn workers available for current user/;
/** Tenant, user and cluster quotas of 0.5 to 0.7 print the use and, in brackets, the quota. */
const QUOTA =
  /storage usage reach threshold[^\n]{0,300}?(?<figures>\S{0,80}\d[^\n]{0,120}exceeds? quota ?\([^\n)]{0,80}\d[^\n)]{0,40}\))/i;
const QUOTA_UNASKED = /check quota[^\n]{0,120} failed/;
/** `LifecycleManager`, `WorkerStatusTracker`, `ChangePartitionManager`, `CommitHandler`. */
const REGISTERED = /^Handle RegisterShuffle Success for (?<shuffle>\d{1,9})/;
const RESERVE =
  /Failed to reserve buffers for shuffleId \d{1,9} from worker (?<worker>[^\n]{1,300}?)\. Reason: (?<reason>[^\n]{1,300})/;
const NO_CLIENT = /^Init rpc client failed for \d{1,9} on/;
const REPORTED = /^Host:(?<host>[\w.-]{1,253}):RpcPort[^\s]{1,200}\s{1,8}(?<status>[A-Z][A-Z_]{3,60})\s/gm;
const DENIED =
  /(?:return|reason:|status) ?\d{0,2}\(?(?<status>SLOT_NOT_AVAILABLE|RESERVE_SLOTS_FAILED)|(?<slots>not enough slots)/;
const COMMIT = /^Shuffle \d{1,9} commit files complete\. File count \d{1,9} using (?<ms>\d{1,12}) ms/;
const SLOW_RPC = /^slow rpc detected:[^\n]{0,200}processTime=(?<ns>\d{1,18})\(ns\)/;
const SPLIT = /\(partition (?<partition>\d{1,9}) epoch from -?\d{1,9} to (?<epoch>\d{1,9})\)/g;
/** `ShuffleClientImpl`, `InFlightRequestTracker`. */
const PUSH =
  /Push (?:merged )?data to \(?(?<host>[\w.-]{1,253}):\d{1,5}[^\n]{0,200}? failed for shuffle|Waiting timeout for task [^\n]{1,120} requests to (?<to>[\w.-]{1,253}):\d{1,5}/;
const IN_FLIGHT = /After waiting for (?<ms>\d{1,12}) ms, there are still \d{1,9} requests in flight/;
/** `BlockManager`, `TaskSchedulerImpl` of Spark 2.x to 4.x. */
const NO_SERVICE =
  /(?:Unable to register with|Failed to connect to) external shuffle server(?:[^\n]{0,200}?Failed to connect to (?<host>[\w.-]{1,253})[/:])?/;
/** Celeborn's shuffle manager speaks: it is the one in use. */
const MANAGER = /^(?:Detected spark\.\S{1,80} [^\n]{0,200}Celeborn|Starting LifecycleManager on )/;
const CLIENT_JAR =
  /celeborn-client-spark-\d[\w.-]{0,40}_\d\.\d{1,2}-(?<version>\d{1,3}\.\d{1,3}\.\d{1,3}[\w.-]{0,30})\.jar/;
const STAGE_DONE =
  /^(?:ShuffleMapStage|ResultStage) (?<stage>\d{1,9}) \([^\n]{0,400}\) (?:finished|failed) in (?<seconds>[\d.]{1,15}) s/;
const RERUN = /^Resubmitting [^\n]{1,600} due to fetch failure/;

/** What a record of a driver's or executor's log tells of the remote shuffle: none, one or (a report on workers) several. */
export function clientEventsOf(record: TextRecord): ClientEvent[] {
  const told: Told = { at: record.at, record, applicationId: record.keys.applicationId ?? null };
  const reported = reportedWorkers(record, told);
  if (reported.length > 0) return reported;
  const event =
    clientReadEventOf(record, told) ??
    ofMasters(record, told) ??
    ofSlots(record, told) ??
    ofPushes(record, told) ??
    ofEngine(record, told);
  return event ? [event] : [];
}

type Told = Pick<ClientEvent, 'at' | 'record' | 'applicationId'>;

function reportedWorkers({ text }: TextRecord, told: Told): ClientEvent[] {
  if (!text.includes('Reporting failed workers')) return [];
  return [...text.slice(0, 20_000).matchAll(REPORTED)].map(({ groups }) => ({
    kind: 'worker_reported',
    workerHost: groups?.host ?? '',
    status: groups?.status ?? '',
    ...told,
  }));
}

function ofMasters({ message, text }: TextRecord, told: Told): ClientEvent | null {
  const endpoints = ENDPOINTS.exec(message)?.groups?.list;
  if (endpoints) return { kind: 'endpoints', addresses: listOf(endpoints), ...told };
  const connected = CONNECTED.exec(message)?.groups?.address;
  if (connected) return { kind: 'connected', address: connected, ...told };
  if (message.includes('Quota exceed') || message.includes('quota')) {
    const figures = QUOTA.exec(text.slice(0, 4_000))?.groups?.figures;
    if (figures) return { kind: 'quota_refused', figures, ...told };
    if (QUOTA_UNASKED.test(message)) return { kind: 'quota_unasked', ...told };
    if (/^Quota exceeds? for current user/.test(message)) return { kind: 'quota_refused', figures: null, ...told };
  }
  const none = NO_MASTER.exec(text.slice(0, 8_000))?.groups?.list;
  return none ? { kind: 'no_master', addresses: listOf(none), ...told } : null;
}

function ofSlots({ message, text }: TextRecord, told: Told): ClientEvent | null {
  const back = FELL_BACK.exec(message)?.groups?.shuffle;
  if (back) return { kind: 'fell_back', shuffleId: Number(back), ...told };
  const many = MANY.exec(message)?.groups;
  if (many) {
    return { kind: 'many_partitions', partitions: Number(many.partitions), limit: Number(many.limit), ...told };
  }
  if (NO_WORKERS.test(message)) return { kind: 'no_workers', ...told };
  const registered = REGISTERED.exec(message)?.groups?.shuffle;
  if (registered) return { kind: 'registered', shuffleId: Number(registered), ...told };
  const reserve = text.includes('Failed to reserve buffers') ? RESERVE.exec(text.slice(0, 20_000))?.groups : undefined;
  if (reserve) {
    const workerHost = workerIn(reserve.worker ?? '') ?? /^[\w.-]{1,253}/.exec(reserve.worker ?? '')?.[0];
    if (workerHost) return { kind: 'reserve_failed', workerHost, reason: reserve.reason ?? '', ...told };
  }
  if (NO_CLIENT.test(message)) {
    const workerHost = workerIn(text);
    if (workerHost) return { kind: 'reserve_failed', workerHost, reason: 'no connection', ...told };
  }
  const denied = DENIED.exec(message)?.groups;
  return denied ? { kind: 'slots_denied', status: denied.status ?? 'SLOT_NOT_AVAILABLE', ...told } : null;
}

function ofPushes({ message, text }: TextRecord, told: Told): ClientEvent | null {
  const quiet = QUIET.exec(message)?.groups;
  if (quiet) {
    const durationMs = spanOf(quiet.span) ?? 0;
    return { kind: 'blocked', on: 'push', workerHost: quiet.host ?? null, durationMs, ...told };
  }
  const flight = IN_FLIGHT.exec(text.slice(0, 4_000))?.groups?.ms;
  if (flight) return { kind: 'blocked', on: 'push', workerHost: null, durationMs: Number(flight), ...told };
  const push = PUSH.exec(message)?.groups;
  if (push) return { kind: 'push_failed', workerHost: push.host ?? push.to ?? '', ...told };
  const commit = COMMIT.exec(message)?.groups?.ms;
  if (commit) return { kind: 'blocked', on: 'commit', workerHost: null, durationMs: Number(commit), ...told };
  const rpc = SLOW_RPC.exec(message)?.groups?.ns;
  if (rpc && /numPartitions|RegisterShuffle|numMappers/.test(text.slice(0, 2_000))) {
    return { kind: 'blocked', on: 'register', workerHost: null, durationMs: Number(rpc) / 1e6, ...told };
  }
  if (message.startsWith('[Update partition] success')) {
    const partitions = [...text.slice(0, 60_000).matchAll(SPLIT)].map(({ groups }) => ({
      partition: Number(groups?.partition),
      epoch: Number(groups?.epoch),
    }));
    if (partitions.length > 0) return { kind: 'split', partitions, ...told };
  }
  return /PUSH_DATA_SUCCESS_(?:PRIMARY|REPLICA)_CONGESTED/.test(message) ? { kind: 'congested', ...told } : null;
}

function ofEngine({ message, text }: TextRecord, told: Told): ClientEvent | null {
  const connect = text.includes('.celeborn.') ? CONNECT.exec(text.slice(0, 4_000))?.groups : undefined;
  if (connect?.host) {
    const refused = /Connection refused/.test(text.slice(0, 20_000));
    return { kind: 'connect_failed', host: connect.host, port: Number(connect.port), refused, ...told };
  }
  const service = NO_SERVICE.exec(text.slice(0, 4_000));
  if (service) return { kind: 'external_service_refused', host: service.groups?.host ?? null, ...told };
  if (MANAGER.test(message)) return { kind: 'remote_manager', ...told };
  const stage = STAGE_DONE.exec(message)?.groups;
  if (stage) {
    const durationMs = Math.round(Number(stage.seconds) * 1_000);
    return { kind: 'stage_finished', stageId: Number(stage.stage), durationMs, ...told };
  }
  if (RERUN.test(message)) return { kind: 'stage_rerun', ...told };
  const version = CLIENT_JAR.exec(text.slice(0, 20_000))?.groups?.version;
  return version ? { kind: 'client_version', version, ...told } : null;
}

function listOf(text: string): string[] {
  return text
    .split(/,\s{0,4}/)
    .map((address) => address.trim())
    .filter((address) => /^[\w.-]{1,253}:\d{1,5}$/.test(address));
}
