import type { Place } from '../../cases/place.ts';
import type { Card } from '../../render/slack/card.ts';

/** How far a step is, in Slack's own words for tasks. */
export type StepState = 'pending' | 'in_progress' | 'complete' | 'error';

/** One step of what the bot is doing. */
export interface ProgressStep {
  id: string;
  /** Plain text in the asker's language. */
  title: string;
  state: StepState;
}

/** Progress that a person watches. Steps and lines return at once: they are shown as soon as Slack's limits allow, the latest first. */
export interface Progress {
  /** A step begins, changes or ends. */
  step(id: string, title: string, state: StepState): void;
  /** What is already certain, in lines of Slack's Markdown, safe to show. */
  certain(lines: readonly string[]): void;
  /**
   * The final card takes the place of the progress, under the same key.
   *
   * @throws CannotPost, SlackRefusal, the signal's reason
   */
  finish(card: Card): Promise<Place>;
  /** No answer will come from here: what was under way is shown as broken off. A later `put` of the key edits the same message. */
  fail(): Promise<void>;
}
