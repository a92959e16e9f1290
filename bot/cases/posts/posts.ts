import type { Place } from '../place.ts';

/** One message of ours: a key of ours, and where it stands once it is posted. */
export interface Post {
  key: string;
  place: Place;
  /** Slack's id of the message; null: not known to be posted. */
  ts: string | null;
  /** It was meant to be posted before this call: a process may have died between Slack's answer and our note of it. */
  intendedBefore: boolean;
  /** Of what stands there now; equal to that of a new card: nothing to do. */
  digest: string | null;
}

/** What the bot has posted, so that one key is one message whatever crashes. */
export interface Posts {
  /** Notes that a message is about to be posted, or tells what is known of it. */
  intend(key: string, place: Place): Promise<Post>;
  /** Notes where it stands (its own `ts` too, which for a reply is not that of its thread), and what stands there. */
  note(key: string, place: Place, digest: string, ts: string): Promise<void>;
  find(key: string): Promise<Post | null>;
  /** Notes that it was taken away, or never stood: nothing is posted under its key any more. */
  noteRemoved(key: string): Promise<void>;
  /**
   * What still stands under `<prefix><key of what arrived>` although the work on what arrived was finished before `finishedBeforeMs`; the
   * oldest first, of those touched since `sinceMs` (milliseconds since the epoch).
   */
  leftBehind(prefix: string, finishedBeforeMs: number, sinceMs: number): Promise<readonly Post[]>;
}

/** What stands in place of a digest for a message that was taken away. */
export const REMOVED = 'removed';
