import type { Place } from '../place.ts';

/** How something reached the bot. */
export const WAYS = [
  'mention',
  'direct',
  'assistant',
  'command',
  'shortcut',
  'follow_up',
  'alert',
  'button',
  'form',
] as const;
export type Way = (typeof WAYS)[number];

/**
 * What a person can want besides an answer: buttons, forms, and the words that stand for them. `show` is a kept case as it stands; without
 * a case, what the person has waiting.
 */
export const ACTION_NAMES = [
  'helpful',
  'not_helpful',
  'evidence',
  'compare',
  'page',
  'show',
  'recheck',
  'cancel',
  'support',
  'take',
  'reassign',
  'resolve',
  'back_to_bot',
] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

/** A button pressed or a form sent. */
export interface Action {
  name: ActionName;
  /** `case_…`; null where it is about the thread it stands in. */
  caseId: string | null;
  /** `inv_…`; null: the open one. */
  diagnosis: string | null;
  /** What was typed or chosen with it, by field: `reason`, `fixedBy`, `code`, `assignee`. */
  input: Readonly<Record<string, string>>;
  /** The message that the button stands on; null for a form or words. */
  messageTs: string | null;
}

/** A file that came with a message; its content is fetched when it is worked on. */
export interface IncomingFile {
  /** `F…`. */
  id: string;
  name: string;
  bytes: number;
  /** Private download address, opened with the bot's token. */
  url: string;
  /** `text`, `gzip`, `binary` … as Slack types it. */
  type: string;
}

/** One thing that arrived, as it is stored before it is acknowledged. Text is masked of secrets. */
export interface Incoming {
  /** Names it for good: every delivery of the same thing has the same key. */
  key: string;
  way: Way;
  place: Place;
  /** Who asks: `U…`; of an alert the bot's id. */
  user: string;
  /** When it was sent, milliseconds since the epoch. */
  sentAtMs: number;
  /** Orders what belongs to one thread: Slack's `ts`, or milliseconds in the same form. */
  order: string;
  /** Plain text: Slack's escapes and the mention of the bot taken out; links as their addresses. */
  text: string;
  files: readonly IncomingFile[];
  /** null: a message to answer. */
  action: Action | null;
}
