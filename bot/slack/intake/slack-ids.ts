import { z } from 'zod';

/** An id of Slack's (`C…`, `U…`, `F…`): never empty, never with what a key or a place is put together with. */
export const SLACK_ID = z.string().regex(/^\w{1,64}$/);

/** Slack's time of a message, which is its id in the channel: `1700000000.000100`, seconds. */
export const SLACK_TS = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

/** Milliseconds since the epoch of a `ts`. */
export function msOfTs(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

/** Milliseconds since the epoch in the form of a `ts`. */
export function tsOfMs(ms: number): string {
  return (ms / 1000).toFixed(6);
}
