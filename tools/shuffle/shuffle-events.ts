import type { TextRecord } from '../evidence/text-record.ts';

interface Told {
  at: number | null;
  record: TextRecord;
}

/** What a master's log tells (Celeborn 0.4 to 0.7). */
export type MasterEvent = Told &
  (
    | { kind: 'worker_lost'; workerHost: string }
    | { kind: 'worker_excluded'; workerHost: string; badDisks: number; highWorkload: boolean }
    | { kind: 'slots_offered'; applicationId: string; shuffleId: number; workers: number }
    | { kind: 'slots_refused'; applicationId: string | null; shuffleId: number | null; allExcluded: boolean }
    | { kind: 'role_changed'; to: string }
    | { kind: 'application_lost'; applicationId: string }
  );

/** What a worker's log tells. */
export type WorkerEvent = Told & { workerHost: string } & (
    | { kind: 'serving_state'; from: string; to: string }
    | { kind: 'memory_limits'; maxDirectBytes: number }
    | { kind: 'memory_use'; usedBytes: number; maxBytes: number; diskBufferBytes: number }
    | { kind: 'disk_over'; mount: string; totalBytes: number; freeBytes: number }
    | { kind: 'disk_error'; mount: string; error: string }
    | { kind: 'flush_failed'; mount: string | null }
    | { kind: 'reserved'; applicationId: string; shuffleId: number; primaries: number; replicas: number }
    | { kind: 'commit_failed'; applicationId: string | null; partitions: number }
    | { kind: 'master_unreachable'; address: string }
    | { kind: 'stopping' }
  );

/** What the client inside a driver or an executor tells of the service. */
export type ClientEvent = Told & { applicationId: string | null } & (
    | { kind: 'endpoints'; addresses: readonly string[] }
    | { kind: 'connected'; address: string }
    | { kind: 'no_master'; addresses: readonly string[] }
    | { kind: 'connect_failed'; host: string; port: number; refused: boolean }
    | { kind: 'fell_back'; shuffleId: number }
    | { kind: 'many_partitions'; partitions: number; limit: number }
    | { kind: 'no_workers' }
    | { kind: 'quota_refused'; figures: string | null }
    | { kind: 'quota_unasked' }
    | { kind: 'registered'; shuffleId: number }
    | { kind: 'reserve_failed'; workerHost: string; reason: string }
    | { kind: 'worker_reported'; workerHost: string; status: string }
    | { kind: 'slots_denied'; status: string }
    | { kind: 'push_failed'; workerHost: string }
    | { kind: 'read_failed'; workerHost: string; peerHost: string | null; next: 'retry' | 'peer' | 'gave_up' }
    | { kind: 'fetch_failed'; shuffleId: number; workerHost: string | null }
    | { kind: 'data_lost'; workerHost: string | null }
    | { kind: 'integrity_mismatch'; shuffleId: number }
    | { kind: 'stage_rerun' }
    | { kind: 'blocked'; on: 'push' | 'read' | 'commit' | 'register'; workerHost: string | null; durationMs: number }
    | { kind: 'split'; partitions: readonly { partition: number; epoch: number }[] }
    | { kind: 'congested' }
    | { kind: 'external_service_refused'; host: string | null }
    | { kind: 'remote_manager' }
    | { kind: 'client_version'; version: string }
    | { kind: 'stage_finished'; stageId: number; durationMs: number }
  );

/** Whatever the logs tell of the remote shuffle. */
export type ShuffleEvent = MasterEvent | WorkerEvent | ClientEvent;

/** The events of one kind. */
export type EventOf<Kind extends ShuffleEvent['kind'], All extends ShuffleEvent = ShuffleEvent> = Extract<
  All,
  { kind: Kind }
>;

/** The events of one kind out of all, in their order. */
export function eventsOf<Kind extends ShuffleEvent['kind']>(
  events: readonly ShuffleEvent[],
  kind: Kind,
): EventOf<Kind>[] {
  return events.filter((event): event is EventOf<Kind> => event.kind === kind);
}
