import type { AddressInfo } from 'node:net';
import type { Receiver } from '@slack/bolt';

/** A receiver of Bolt's that stores first, and tells how it stands. */
export interface SlackReceiver extends Receiver {
  /** Whether deliveries of Slack's reach it. */
  connected(): boolean;
  /** Where health and metrics (and requests of Slack's) are served; null before the start. */
  listensOn(): AddressInfo | null;
}
