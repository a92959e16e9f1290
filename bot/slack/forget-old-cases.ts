import { type ForgetMeans, forgetBefore } from '../escalation/forget-cases.ts';

/** Once an hour is enough for what is counted in days. */
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Deletes cases that nobody touched for as many days, now and every hour; several replicas may do it at once. */
export function forgetOldCases(
  means: ForgetMeans,
  days: number,
  log: (line: string, error?: unknown) => void,
): { stop(): void } {
  const stopping = new AbortController();
  let underWay = false;
  const forget = async () => {
    // Slack may take its time; what is left of this round is in the next.
    if (underWay) return;
    underWay = true;
    try {
      await forgetBefore(means, Date.now() - days * DAY_MS, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log('old cases cannot be deleted', error);
    } finally {
      underWay = false;
    }
  };
  void forget();
  const timer = setInterval(() => void forget(), EVERY_MS);
  timer.unref();
  return {
    stop() {
      stopping.abort();
      clearInterval(timer);
    },
  };
}
