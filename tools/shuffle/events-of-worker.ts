import type { TextRecord } from '../evidence/text-record.ts';
import { sizeOf } from './parse-sizes.ts';
import type { WorkerEvent } from './shuffle-events.ts';
import { parseShuffleKey } from './shuffle-keys.ts';

/** `MemoryManager` of Celeborn 0.3 to 0.7. */
const STATE = /^Serving state transformed from (?<from>[A-Z_]{4,40}) to (?<to>[A-Z_]{4,40})/;
const LIMITS = /max direct memory: (?<max>[\d.]{1,20} [A-Za-z]{1,3})/;
const USE =
  /^Direct memory usage: (?<used>[\d.]{1,20} [A-Za-z]{1,3})\/(?<max>[\d.]{1,20} [A-Za-z]{1,3}), disk buffer size: (?<buffer>[\d.]{1,20} [A-Za-z]{1,3})/;
/** `DeviceMonitor`, `LocalDeviceMonitor`. */
const OVER =
  /^(?<mount>\/\S{0,400}) usage is above threshold\. Disk usage\(Report by OS\): ?\{ ?total: ?(?<total>[\d.]{1,20} ?[A-Za-z]{1,3}), ?free: ?(?<free>[\d.]{1,20} ?[A-Za-z]{1,3})/;
const DISK_ERROR = /^(?<mount>\/\S{0,400}) (?<error>[a-z_-]{3,40}) error, notify observers/;
const IO_HANG = /^Encounter device io hang error! ?(?<device>[\w/.-]{1,100}), notify observers/;
const CRITICAL = /^Disk (?<mount>\/\S{0,400}) faces critical error/;
/** `Flusher`, `PartitionDataWriter`, `FileWriter`. */
const FLUSH =
  /Wait pending actions timeout|Receive non-critical exception, disk: ?(?<mount>\/[^\s,]{0,400})|flush(?:ing)? .{0,120}(?:failed|exception)/i;
/** `Controller`. The list of partitions may be long: the counts stand before it, the key at its end. */
const RESERVED = /^Reserved (?<primaries>\d{1,9}) primary location /;
const RESERVED_REST = / and (?<replicas>\d{1,9}) replica location [\d, -]{0,60000} for (?<key>[\w-]{1,220}) ?$/m;
const COMMIT = /^CommitFiles for (?<key>[\w-]{1,220}) failed with \d/;
const COMMIT_COUNTS = /(?<count>\d{1,9}) failed (?:primary|replica) partitions/g;
const NO_MASTER = /^Connect to (?<address>[\w.-]{1,253}:\d{1,5}) failed/;
const STOPPING =
  /^(?:Shutdown hook called|Stopping Worker|Worker is shutting down|RECEIVED SIGNAL|Stopping StorageManager|Stop Worker|\[handleReserveSlots\] ?Current worker is shutting down)/i;

/** What a record of a worker's log tells, or null. */
export function workerEventOf(record: TextRecord, workerHost: string): WorkerEvent | null {
  const { at, message } = record;
  const told = { at, record, workerHost };
  return memoryEvent(message, told) ?? diskEvent(message, told) ?? shuffleEvent(record, told) ?? rest(message, told);
}

type Told = Pick<WorkerEvent, 'at' | 'record' | 'workerHost'>;

function memoryEvent(message: string, told: Told): WorkerEvent | null {
  const state = STATE.exec(message)?.groups;
  if (state) return { kind: 'serving_state', from: state.from ?? '', to: state.to ?? '', ...told };
  const max = message.startsWith('Memory tracker initialized') ? sizeOf(LIMITS.exec(message)?.groups?.max) : null;
  if (max !== null) return { kind: 'memory_limits', maxDirectBytes: max, ...told };
  const use = USE.exec(message)?.groups;
  if (!use) return null;
  const [usedBytes, maxBytes, diskBufferBytes] = [sizeOf(use.used), sizeOf(use.max), sizeOf(use.buffer)];
  if (usedBytes === null || maxBytes === null || diskBufferBytes === null) return null;
  return { kind: 'memory_use', usedBytes, maxBytes, diskBufferBytes, ...told };
}

function diskEvent(message: string, told: Told): WorkerEvent | null {
  const over = OVER.exec(message)?.groups;
  if (over) {
    const [totalBytes, freeBytes] = [sizeOf(over.total), sizeOf(over.free)];
    if (totalBytes === null || freeBytes === null) return null;
    return { kind: 'disk_over', mount: over.mount ?? '', totalBytes, freeBytes, ...told };
  }
  const error = DISK_ERROR.exec(message)?.groups;
  if (error) return { kind: 'disk_error', mount: error.mount ?? '', error: error.error ?? '', ...told };
  const hang = IO_HANG.exec(message)?.groups;
  if (hang) return { kind: 'disk_error', mount: hang.device ?? '', error: 'io_hang', ...told };
  const critical = CRITICAL.exec(message)?.groups;
  if (critical) return { kind: 'disk_error', mount: critical.mount ?? '', error: 'critical', ...told };
  const flush = FLUSH.exec(message);
  return flush ? { kind: 'flush_failed', mount: flush.groups?.mount ?? null, ...told } : null;
}

function shuffleEvent({ message, text }: TextRecord, told: Told): WorkerEvent | null {
  const reserved = RESERVED.exec(message)?.groups;
  if (reserved) {
    const end = RESERVED_REST.exec(text)?.groups;
    const key = parseShuffleKey(end?.key ?? '');
    if (!key) return null;
    return {
      kind: 'reserved',
      ...key,
      primaries: Number(reserved.primaries),
      replicas: Number(end?.replicas),
      ...told,
    };
  }
  const commit = COMMIT.exec(message)?.groups;
  if (!commit) return null;
  const partitions = [...message.matchAll(COMMIT_COUNTS)].reduce((sum, found) => sum + Number(found[1]), 0);
  const applicationId = parseShuffleKey(commit.key ?? '')?.applicationId ?? null;
  return { kind: 'commit_failed', applicationId, partitions, ...told };
}

function rest(message: string, told: Told): WorkerEvent | null {
  const master = NO_MASTER.exec(message)?.groups;
  if (master) return { kind: 'master_unreachable', address: master.address ?? '', ...told };
  return STOPPING.test(message) ? { kind: 'stopping', ...told } : null;
}
