import type { Place } from '../../cases/place.ts';
import type { Card } from '../../render/slack/card.ts';

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
   * posts again. Of several cards for one key only the last has to arrive.
   */
  put(key: string, place: Place, card: Card, signal: AbortSignal): Promise<Place>;
  /** Shows a card to one person only, once; it cannot be changed afterwards. */
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
