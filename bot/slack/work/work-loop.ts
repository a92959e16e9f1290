import type { Claimed, FairShares, Finish, Inbox } from '../../cases/inbox/inbox.ts';
import type { Lane } from '../../cases/inbox/lane.ts';

/** What work on one thing that arrived can end in; `again`: given back, to be taken up after some time. */
export type WorkEnd = { finish: Finish } | { againInMs: number };

/** How the loop works. */
export interface WorkOptions {
  inbox: Inbox;
  /** Which lane is worked through; buttons have one beside the answers. */
  lane?: Lane;
  /** Names this process among all replicas. */
  worker: string;
  /** Things worked on at a time. */
  atOnce: number;
  shares: FairShares;
  /** Does the work. Ends when the signal does: with `taken_back` as its reason when the asker cancelled it. */
  work: (claimed: Claimed, signal: AbortSignal) => Promise<WorkEnd>;
  /** A line for the log when work breaks; it has no text of people in it. */
  log: (line: string, error?: unknown) => void;
  /** From one renewal of a lease to the next, and how long a lease is. */
  renewMs?: number;
  leaseMs?: number;
  /** How long what was told to stop may take to. */
  lateMs?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** How often the inbox is asked when nothing rings, in milliseconds: what other replicas left behind. */
  pollMs?: number;
}

/** Why a signal of work ended. */
export const TAKEN_BACK = 'taken_back';
export const LOST = 'lost';
export const STOPPING = 'stopping';
const DONE = 'done';

/** Takes what arrived from the inbox and works on it. */
export interface WorkLoop {
  /** Something arrived: the inbox is asked now. */
  ring(): void;
  /** The asker took it back: who works on it here stops now, and not only when its lease is renewed. */
  takeBack(key: string): void;
  /** Takes nothing more, and waits for what is under way; what does not end in time is given back. */
  stop(graceMs: number): Promise<void>;
}

const LEASE_MS = 30_000;
const RENEW_MS = 5_000;
const POLL_MS = 500;
/** What was told to stop and does not is left behind: its lease runs out, and it is taken up again. */
const LATE_MS = 10_000;
/** After an error of ours the same is tried again, but not at once. */
const AFTER_ERROR_MS = 2_000;

/**
 * Works through the inbox: several at a time, each under a lease that is renewed while it goes on. Whatever breaks is logged and given
 * back; the loop itself never ends but by `stop`.
 */
export function startWork(options: WorkOptions): WorkLoop {
  const { inbox, worker, log } = options;
  const leaseMs = options.leaseMs ?? LEASE_MS;
  const now = options.now ?? Date.now;
  const underWay = new Map<string, { done: Promise<void>; stop: AbortController; takenBack: boolean }>();
  let stopping = false;
  let asking: Promise<void> | null = null;
  let rung = false;

  const ring = () => {
    rung = true;
    asking ??= take().finally(() => {
      asking = null;
    });
  };
  const timer = setInterval(ring, options.pollMs ?? POLL_MS);

  async function take(): Promise<void> {
    while (rung && !stopping) {
      rung = false;
      try {
        while (!stopping && underWay.size < options.atOnce) {
          const claimed = await inbox.claim(worker, leaseMs, options.shares, options.lane);
          if (claimed === null) break;
          // It was on its way while the loop was stopped.
          if (stopping) await inbox.release(claimed.incoming.key, worker, 0);
          else begin(claimed);
        }
      } catch (error) {
        // The store is away: asked again at the next tick.
        log('the inbox cannot be asked', error);
      }
    }
  }

  function begin(claimed: Claimed): void {
    const { key } = claimed.incoming;
    const { takenBack } = claimed;
    const stop = new AbortController();
    const done = hold(claimed, stop).finally(() => {
      underWay.delete(key);
      ring();
    });
    underWay.set(key, { done, stop, takenBack });
  }

  async function hold(claimed: Claimed, stop: AbortController): Promise<void> {
    const { key } = claimed.incoming;
    const lease = { untilMs: now() + leaseMs };
    const renewing = setInterval(() => void renew(claimed, lease, stop), options.renewMs ?? RENEW_MS);
    let end: WorkEnd;
    try {
      end = await options.work(claimed, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) log('work on a message broke', error);
      end = { againInMs: stop.signal.aborted ? 0 : AFTER_ERROR_MS };
    }
    clearInterval(renewing);
    const isLost = stop.signal.reason === LOST;
    // Whatever still runs for it (a heartbeat, a timer) ends now.
    stop.abort(DONE);
    // Whoever has it now says how it ends.
    if (isLost) return;
    try {
      if ('finish' in end) await inbox.finish(key, worker, end.finish);
      else await inbox.release(key, worker, now() + end.againInMs);
    } catch (error) {
      // Its lease runs out, and it is taken up again: what was posted is found by its key.
      log('the end of a message cannot be noted', error);
    }
  }

  async function renew({ incoming, takenBack }: Claimed, lease: { untilMs: number }, stop: AbortController) {
    const askedMs = now();
    try {
      const held = await inbox.renew(incoming.key, worker, leaseMs);
      if (held === 'lost') stop.abort(LOST);
      // To tell so is the work itself.
      if (held === 'cancelled' && !takenBack) stop.abort(TAKEN_BACK);
      lease.untilMs = askedMs + leaseMs;
    } catch (error) {
      log('a lease cannot be renewed', error);
      // The store is away for longer than the lease: another replica may have it by now.
      if (now() >= lease.untilMs) stop.abort(LOST);
    }
  }

  ring();
  return {
    ring,
    takeBack(key) {
      const held = underWay.get(key);
      // To tell so is the work itself.
      if (held?.takenBack === false) held.stop.abort(TAKEN_BACK);
    },
    async stop(graceMs) {
      stopping = true;
      clearInterval(timer);
      await asking;
      const all = Promise.allSettled([...underWay.values()].map(({ done }) => done));
      const late = setTimeout(() => {
        for (const { stop } of underWay.values()) stop.abort(STOPPING);
      }, graceMs);
      let leave: NodeJS.Timeout | undefined;
      const left = new Promise<void>((done) => {
        leave = setTimeout(done, graceMs + (options.lateMs ?? LATE_MS));
      });
      await Promise.race([all, left]);
      clearTimeout(late);
      clearTimeout(leave);
      if (underWay.size > 0) log(`${underWay.size} under way did not stop and are left behind`);
    },
  };
}
