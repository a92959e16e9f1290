import type { Place } from '../place.ts';
import type { Incoming } from './incoming.ts';
import type { Lane } from './lane.ts';

/** A thread that the bot is in. */
export interface KnownThread {
  /** `thr_` and hexadecimal digits. */
  id: string;
  place: Place;
  /** The case that was opened in it; null before the first answer. */
  caseId: string | null;
}

/** Something taken from the inbox to be worked on, by one worker only. */
export interface Claimed {
  incoming: Incoming;
  lane: Lane;
  thread: KnownThread;
  /** 1 the first time; more when a worker died or gave it back. */
  attempt: number;
  receivedAtMs: number;
  /** The asker took it back, and nobody has told so yet: that is all there is to do. */
  takenBack: boolean;
}

/** How work on something ended. `told`: no answer, and the asker was told so. */
export type Finish = 'answered' | 'told' | 'cancelled' | 'ignored';

/** Answers under way at a time, so that nobody takes all; what is done aside is neither counted nor held up. */
export interface FairShares {
  perUser: number;
  perChannel: number;
}

/** What is waiting and under way. */
export interface InboxCounts {
  waiting: number;
  taken: number;
  finished: Readonly<Record<Finish, number>>;
}

/**
 * What arrived and is to be worked on, kept so that a crash loses nothing and two workers never answer the same. One writer for each
 * thread, in the order of a thread; users take turns. All times are milliseconds since the epoch.
 */
export interface Inbox {
  /** Stores what arrived; `known`: it was stored before, whatever became of it. */
  receive(incoming: Incoming): Promise<'new' | 'known'>;
  /**
   * Takes what is next for a worker, null: nothing. Asides first; then of the user with the fewest under way, served least lately, the
   * oldest. In a lane of a thread only the first, and only when nobody works on another. Without a lane: of both. What was taken back and
   * not told so yet comes with the asides, first of all.
   */
  claim(worker: string, leaseMs: number, shares: FairShares, lane?: Lane): Promise<Claimed | null>;
  /**
   * Says that the worker is still at it. `lost`: another has it, stop writing; `cancelled`: the asker took it back; it is still the
   * worker's, and its thread closed to others, until `finish` says how it ended, or the lease runs out.
   */
  renew(key: string, worker: string, leaseMs: number): Promise<'held' | 'lost' | 'cancelled'>;
  /**
   * False: the worker does not hold it any more. Of what was taken back the worker alone knows whether the answer stood already, so that
   * its word holds. Saying the same twice is true twice.
   */
  finish(key: string, worker: string, how: Finish): Promise<boolean>;
  /** Gives it back to be taken up again, not before a time. */
  release(key: string, worker: string, notBeforeMs: number): Promise<boolean>;
  /**
   * Takes back what waits for an answer or is worked on in a thread, asides not; the keys it took back, in their order. Whoever works on it
   * tells so; what waits, or whose worker died, is handed out once more to be told (`takenBack`).
   *
   * @param by who takes back: only what they asked themselves, or what a bot asked, which nobody else can; absent: everything
   */
  cancel(threadId: string, by?: string): Promise<readonly string[]>;
  /**
   * Holds that very message while its place in the queue is posted, so that nobody else writes where its answer will stand; null when it
   * does not wait. It counts neither as an attempt nor as work under way, and ends with `letWait`.
   */
  hold(key: string, worker: string, leaseMs: number): Promise<Claimed | null>;
  /** Ends `hold`: it waits as before. */
  letWait(key: string, worker: string): Promise<void>;
  /** Ends the leases of workers that are known to be gone: what they held is taken up at once. How many leases that were. */
  releaseGone(isGone: (worker: string) => boolean): Promise<number>;
  /** Threads in which something of a person waits or is worked on. */
  underWayOf(team: string, user: string): Promise<readonly string[]>;
  /** How many of its lane would be taken before it if nothing ended and no more came; null when it does not wait. */
  ahead(key: string): Promise<number | null>;
  /** The thread of a place, when the bot is in it. */
  threadAt(place: Place): Promise<KnownThread | null>;
  /**
   * Gives a thread its place once its first message is posted; the first place it is given stays. When the bot is in another thread at
   * that place already (somebody answered under the message), the two become one, and both ids stand for it.
   */
  bindThread(threadId: string, place: Place): Promise<void>;
  /** How much waits, is under way and is done. */
  counts(): Promise<InboxCounts>;
}
