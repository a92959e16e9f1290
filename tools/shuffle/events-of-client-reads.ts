import type { TextRecord } from '../evidence/text-record.ts';
import { locationIn, workerIn } from './record-text.ts';
import type { ClientEvent } from './shuffle-events.ts';

/** `CelebornInputStream`, `CelebornShuffleReader` (0.3 to 0.7): a failed read names the location, then what is done next. */
const READ = /(?:CreatePartitionReader|Fetch chunk) failed \d{1,4}\/\d{1,4} times for location/;
const GAVE_UP = /createPartitionReader failed!|Fetch chunk fail exceeds max retry/;
const NO_CLIENT = /Failed to create client for [\w-]{1,240} from host: (?<host>[\w.-]{1,253}):\d{1,5}/;
/** Two forms: what cannot be opened, and what cannot be used (real-servers.md). */
const FETCH =
  /Celeborn FetchFailure!? (?:appShuffleId\/shuffleId: ?\d{1,9}\/|with shuffle id \d{1,9}\/)?(?<shuffle>\d{1,9})/;
const LOST =
  /SHUFFLE_DATA_LOST|For shuffle [\w-]{1,220} partition data lost|Shuffle data lost for shuffle \d|Failed to handle stageEnd for \d{1,9}, lost file!/;
const LOST_AT = /in worker \[?Host:(?<host>[\w.-]{1,253}):/;
const MISMATCH =
  /CommitMetadata mismatch for shuffleI[dD]: ?(?<shuffle>\d{1,9})|AQE Partition (?<partition>\d{1,9}) failed validation check/;
const WAITED =
  /^(?:Waiting|Finished waiting) for data from partition (?<file>\S{1,200}?)\/(?<host>[\w.-]{1,253}):[^\n]{0,120} for (?<ms>\d{1,12}) ?ms/;
/** Longer texts repeat themselves. */
const HEAD_CHARS = 16_000;

/** What a record of a reader tells of the remote shuffle, or null. */
export function clientReadEventOf(
  record: TextRecord,
  told: Pick<ClientEvent, 'at' | 'record' | 'applicationId'>,
): ClientEvent | null {
  const { message } = record;
  const head = record.text.slice(0, HEAD_CHARS);
  const mismatch = MISMATCH.exec(head)?.groups;
  if (mismatch) return { kind: 'integrity_mismatch', shuffleId: Number(mismatch.shuffle ?? 0), ...told };
  if (LOST.test(head)) {
    return { kind: 'data_lost', workerHost: LOST_AT.exec(head)?.groups?.host ?? workerIn(head), ...told };
  }
  const location = locationIn(head);
  if (READ.test(message) && location) {
    const next = /\bchange to peer\b/.test(head) ? 'peer' : 'retry';
    return { kind: 'read_failed', workerHost: location.host, peerHost: location.peerHost, next, ...told };
  }
  const fetch = FETCH.exec(head)?.groups;
  if (fetch) {
    return { kind: 'fetch_failed', shuffleId: Number(fetch.shuffle), workerHost: location?.host ?? null, ...told };
  }
  if (GAVE_UP.test(head) && location) {
    return { kind: 'read_failed', workerHost: location.host, peerHost: location.peerHost, next: 'gave_up', ...told };
  }
  const reader = NO_CLIENT.exec(message)?.groups?.host;
  if (reader) return { kind: 'read_failed', workerHost: reader, peerHost: null, next: 'retry', ...told };
  const waited = WAITED.exec(message)?.groups;
  return waited
    ? { kind: 'blocked', on: 'read', workerHost: waited.host ?? null, durationMs: Number(waited.ms), ...told }
    : null;
}
