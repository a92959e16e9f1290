import type { Place } from '../place.ts';
import type { Incoming } from './incoming.ts';

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
  thread: KnownThread;
  /** 1 the first time; more when a worker died or gave it back. */
  attempt: number;
  receivedAtMs: number;
}

/** How work on something ended. `told`: no answer, and the asker was told so. */
export type Finish = 'answered' | 'told' | 'cancelled' | 'ignored';

/** At a time, so that nobody takes all. */
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
  /** Takes what is next for a worker: of a thread that nobody works on, of the user who was served least lately. Null: nothing. */
  claim(worker: string, leaseMs: number, shares: FairShares): Promise<Claimed | null>;
  /** Says that the worker is still at it. `lost`: another has it, stop writing; `cancelled`: the asker took it back. */
  renew(key: string, worker: string, leaseMs: number): Promise<'held' | 'lost' | 'cancelled'>;
  /** False: the worker does not hold it any more. */
  finish(key: string, worker: string, how: Finish): Promise<boolean>;
  /** Gives it back to be taken up again, not before a time. */
  release(key: string, worker: string, notBeforeMs: number): Promise<boolean>;
  /** Takes back what waits or is worked on in a thread; the keys it took back. */
  cancel(threadId: string): Promise<readonly string[]>;
  /** How many are before it; null when it does not wait. */
  ahead(key: string): Promise<number | null>;
  /** The thread of a place, when the bot is in it. */
  threadAt(place: Place): Promise<KnownThread | null>;
  /** Gives a thread its place once its first message is posted. */
  bindThread(threadId: string, place: Place): Promise<void>;
  /** How much waits, is under way and is done. */
  counts(): Promise<InboxCounts>;
}
