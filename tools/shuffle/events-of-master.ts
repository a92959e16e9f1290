import type { TextRecord } from '../evidence/text-record.ts';
import { workerIn } from './record-text.ts';
import type { MasterEvent } from './shuffle-events.ts';
import { parseShuffleKey } from './shuffle-keys.ts';

/** `Master`, `AbstractMetaManager`, `StateMachine` of Celeborn 0.4 to 0.7. */
const LOST = /^Worker [^\n]{0,400} timeout! Trigger WorkerLost event/;
const EXCLUDED =
  /\(unhealthy disks num: (?<disks>\d{1,6}), high workload: (?<load>true|false)\) adds to excluded workers/;
const OFFERED =
  /^Successfully offered slots for (?<reducers>\d{1,9}) reducers of (?<key>[\w-]{1,220}) on (?<workers>\d{1,6}) workers/;
const REFUSED =
  /Offer slots for (?:\d{1,9} reducers of )?(?<key>[\w-]{1,220}) failed(?<all> due to all workers are excluded)?/;
const ROLE = /Raft Role changed, CurrentNode Role: (?<role>\w{1,20})/;
const APPLICATION_LOST = /^Application (?<id>[\w-]{1,200}) timeout, trigger applicationLost event/;

/** What a record of a master's log tells, or null. */
export function masterEventOf(record: TextRecord): MasterEvent | null {
  const { at, message, text } = record;
  const told = { at, record };
  if (LOST.test(message)) {
    const workerHost = workerIn(text);
    return workerHost === null ? null : { kind: 'worker_lost', workerHost, ...told };
  }
  const excluded = text.includes('adds to excluded workers') ? EXCLUDED.exec(text) : null;
  if (excluded?.groups) {
    const { disks, load } = excluded.groups;
    const workerHost = workerIn(text);
    if (workerHost === null) return null;
    return { kind: 'worker_excluded', workerHost, badDisks: Number(disks), highWorkload: load === 'true', ...told };
  }
  const offered = OFFERED.exec(message);
  if (offered?.groups) {
    const key = parseShuffleKey(offered.groups.key ?? '');
    return key && { kind: 'slots_offered', ...key, workers: Number(offered.groups.workers), ...told };
  }
  const refused = REFUSED.exec(message);
  if (refused?.groups) {
    const key = parseShuffleKey(refused.groups.key ?? '') ?? { applicationId: null, shuffleId: null };
    return { kind: 'slots_refused', ...key, allExcluded: refused.groups.all !== undefined, ...told };
  }
  const role = ROLE.exec(message);
  if (role?.groups?.role) return { kind: 'role_changed', to: role.groups.role, ...told };
  const gone = APPLICATION_LOST.exec(message);
  return gone?.groups?.id ? { kind: 'application_lost', applicationId: gone.groups.id, ...told } : null;
}
