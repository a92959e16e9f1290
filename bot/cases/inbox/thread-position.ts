/** Slack's `ts`: seconds and microseconds (`1700000000.000100`). */
const SLACK_TS = /^(\d{1,10})\.(\d{1,6})$/;

/** Order within a thread as a number, microseconds since the epoch; what is no time of Slack's stands at the time it was sent. */
export function threadPosition({ order, sentAtMs }: { order: string; sentAtMs: number }): number {
  const [, seconds, fraction] = SLACK_TS.exec(order) ?? [];
  if (seconds === undefined || fraction === undefined) return Math.round(sentAtMs) * 1_000;
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}
