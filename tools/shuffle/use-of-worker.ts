import type { Evidence } from '../evidence/evidence.ts';
import { recordEvidence } from './record-evidence.ts';
import { eventsOf } from './shuffle-events.ts';
import type { ShuffleFacts, ShuffleScope } from './shuffle-facts.ts';
import { isOfRun, parseShuffleKey } from './shuffle-keys.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from './thresholds.ts';

/** Whether a worker held data of the run asked about, and what shows it. */
export interface WorkerUse {
  used: 'yes' | 'no' | 'unknown';
  evidence: readonly Evidence[];
}

/**
 * Whether the run had data on a worker. Yes: the worker's own answers or log, or the run's client names it. No: every shuffle
 * of the run was offered on as many workers as are known to hold it, and this is none of them; or the worker listed what it
 * held after the last offer, and the run was not among it.
 *
 * @param before when the worker went away, for the worker's own last list; null when it did not
 */
export function useOfWorker(facts: ShuffleFacts, scope: ShuffleScope, host: string, before: number | null): WorkerUse {
  const { applicationId } = scope;
  if (applicationId === null) return UNKNOWN;
  const own = facts.uses.filter((use) => isOfRun(use.applicationId, applicationId));
  const [use] = own.filter(({ workerHost }) => workerHost === host);
  if (use) return { used: 'yes', evidence: [use.evidence] };
  const named = facts.events.find(
    (event) =>
      'applicationId' in event &&
      isOfRun(event.applicationId, applicationId) &&
      (('workerHost' in event && event.workerHost === host && event.kind !== 'reserve_failed') ||
        (event.kind === 'read_failed' && event.peerHost === host)),
  );
  if (named) return { used: 'yes', evidence: [recordEvidence(named.record)] };
  const offers = eventsOf(facts.events, 'slots_offered').filter((one) => isOfRun(one.applicationId, applicationId));
  const [lastOffer] = offers.slice(-1);
  if (!lastOffer) return wroteNothing(facts, applicationId) ? { used: 'no', evidence: [] } : UNKNOWN;
  const holders = offers.map((offer) => ({
    offer,
    hosts: new Set(own.filter(({ shuffleId }) => shuffleId === offer.shuffleId).map((one) => one.workerHost)),
  }));
  if (holders.every(({ offer, hosts }) => hosts.size >= offer.workers)) {
    return {
      used: 'no',
      evidence: [recordEvidence(lastOffer.record), ...listBehind(facts, host, applicationId, lastOffer.at, before)],
    };
  }
  const list = listBehind(facts, host, applicationId, lastOffer.at, before);
  return list.length > 0 ? { used: 'no', evidence: list } : UNKNOWN;
}

const UNKNOWN: WorkerUse = { used: 'unknown', evidence: [] };

/** The run's own log was read, speaks of the remote shuffle, and registers no shuffle with it: it can have no data anywhere. */
function wroteNothing({ events }: ShuffleFacts, applicationId: string): boolean {
  const own = events.filter((event) => 'applicationId' in event && isOfRun(event.applicationId, applicationId));
  const speaks = own.some(({ kind }) => kind === 'remote_manager' || kind === 'endpoints');
  return speaks && !own.some(({ kind }) => kind === 'registered' || kind === 'reserved');
}

/**
 * The worker's own last list of shuffles between the last offer and its end, the run not in it. Lists lose what has expired, so
 * one counts only while another worker still lists the run.
 */
function listBehind(
  facts: ShuffleFacts,
  host: string,
  applicationId: string,
  after: number | null,
  before: number | null,
): Evidence[] {
  const lists = facts.held.filter(
    ({ workerHost, at }) =>
      workerHost === host &&
      after !== null &&
      at > after &&
      (before === null || at <= before) &&
      facts.held.some(
        (other) =>
          Math.abs(other.at - at) < LIMIT.sameRoundMs &&
          other.shuffleKeys.some((key) => isOfRun(parseShuffleKey(key)?.applicationId ?? null, applicationId)),
      ),
  );
  return lists.slice(-1).map(({ evidence }) => evidence);
}
