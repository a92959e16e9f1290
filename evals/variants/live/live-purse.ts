import { NotRun } from '../../trial/answerer.ts';
import type { Trial } from '../../trial/trial.ts';
import type { LiveLimits } from '../variant-plan.ts';

/** Outages in a row after which a worker asks no more: what is left can be made by `--resume`, when the server is back. */
export const OUTAGES_TO_GIVE_UP = 5;

/** Keeps a worker within its share of money and pace, and from asking a server that is down again and again. */
export interface LivePurse {
  /**
   * Waits for its turn.
   *
   * @throws NotRun when the money is spent, or the server was down too often
   */
  enter(): Promise<void>;
  /**
   * @param usd null: the model has no price
   * @param isDown the server failed: an answer begun and lost costs as well
   */
  spent(usd: number | null, isDown: boolean): void;
}

interface PurseInput {
  limits: LiveLimits;
  workers: number;
  made: readonly Trial[];
  /** Milliseconds since the epoch. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

/**
 * A worker has an equal part of what is left: workers do not speak with each other, so that together they cannot spend more. The dearest
 * answer so far is held back: an answer is not begun that could go beyond.
 */
export function openPurse({ limits, workers, made, now, sleep }: PurseInput): LivePurse {
  const before = made.reduce((sum, { diagnosis }) => sum + (diagnosis?.costs.usd ?? 0), 0);
  const share = limits.maxUsd === null ? null : Math.max(0, limits.maxUsd - before) / workers;
  const everyMs = limits.perMinute === null ? 0 : (60_000 * workers) / limits.perMinute;
  let used = 0;
  let dearest = made.reduce((most, { diagnosis }) => Math.max(most, diagnosis?.costs.usd ?? 0), 0);
  let outages = 0;
  let next = now();
  return {
    async enter() {
      if (outages >= OUTAGES_TO_GIVE_UP) throw new NotRun(`not asked: the model failed ${outages} times in a row`);
      if (share !== null && used + dearest >= share)
        throw new NotRun(`not asked: ${(before + used).toFixed(4)} USD are spent, and ${limits.maxUsd} is the most`);
      const waitMs = next - now();
      next = Math.max(next, now()) + everyMs;
      if (waitMs > 0) await sleep(waitMs);
    },
    spent(usd, isDown) {
      outages = isDown ? outages + 1 : 0;
      used += usd ?? 0;
      dearest = Math.max(dearest, usd ?? 0);
    },
  };
}
