import type { Block } from '@slack/types';

/** One message for Slack. */
export interface Card {
  /** What notifications and screen readers show: the whole point in a few lines, without markup. */
  text: string;
  blocks: readonly Block[];
}
