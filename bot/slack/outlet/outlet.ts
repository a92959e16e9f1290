import type { Place } from '../../cases/place.ts';
import type { Card } from '../../render/slack/card.ts';
import type { Priority } from './call-budget.ts';

/** A file to hang into a thread. */
export interface Upload {
  /** Unique in its thread: by it a file of ours is found again. */
  name: string;
  title: string;
  /** Alternative text of an image. */
  alt: string;
  content: Uint8Array;
}

/**
 * The way out to Slack, the only one that posts. Every method waits out rate limits and failures of Slack on its own and gives up only when
 * the signal ends; whatever is posted carries no unfurls.
 */
export interface Outlet {
  /**
   * One key, one message: posts it the first time, edits it from then on, and after a crash finds its own message by its metadata before it
   * posts again. Of several cards for one key only the last has to arrive. Edits with the priority `progress` are made only while Slack's
   * limits leave room for answers; a first post is always as urgent as an answer.
   *
   * @returns the place of the thread: for a message that hangs on none, the thread that hangs on it
   * @throws CannotPost when the bot may not post there (the direct message remains), SlackRefusal, the signal's reason
   */
  put(key: string, place: Place, card: Card, signal: AbortSignal, priority?: Priority): Promise<Place>;
  /** Takes a message away that has served its turn; one that is gone, or was never posted, is fine. */
  remove(key: string, place: Place, signal: AbortSignal): Promise<void>;
  /**
   * Shows a card to one person only; it cannot be changed afterwards. Once, except that what cannot be known to have been shown (a lost
   * answer, a crash in that moment) is shown again: twice is the smaller harm than never.
   *
   * @throws CannotPost, SlackRefusal, the signal's reason
   */
  whisper(key: string, place: Place, user: string, card: Card, signal: AbortSignal): Promise<void>;
  /** The place of a direct conversation with a person. */
  directPlace(team: string, user: string, signal: AbortSignal): Promise<Place>;
  /** What the bot is doing, under the thread; null takes it away. Best effort: never throws, never waits for long. */
  status(place: Place, line: string | null): Promise<void>;
  /** Uploads a file without showing it anywhere, for a card to show; its id (`F…`). */
  upload(key: string, file: Upload, signal: AbortSignal): Promise<string>;
  /** Hangs a file into a thread, once. */
  attach(key: string, place: Place, file: Upload, signal: AbortSignal): Promise<void>;
}
