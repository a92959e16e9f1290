/** What a call is for: an answer somebody waits for, or progress that the next one replaces. */
export type Priority = 'progress' | 'answer';

/** A limit of Slack: so many calls at once, then so many per minute. */
export interface Allowance {
  atOnce: number;
  perMinute: number;
}

/** Who may call when. All times are milliseconds. */
export interface CallBudget {
  /** Resolves when it is this call's turn; rejects with the signal's reason. */
  turn(bucket: string, allowance: Allowance, priority: Priority, signal: AbortSignal): Promise<void>;
  /** Takes a turn only if there is one right now. */
  tryTurn(bucket: string, allowance: Allowance): boolean;
  /** Slack said to wait (`Retry-After`): holds back this bucket and no other. */
  hold(bucket: string, allowance: Allowance, forMs: number): void;
}

/** The clock and a wait that ends early, by rejecting, with its signal. */
export interface Clock {
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

interface Waiting {
  priority: Priority;
  go(): void;
}

interface Bucket {
  allowance: Allowance;
  /** Calls that may be made now; answers may borrow as many again. */
  left: number;
  countedAt: number;
  heldUntil: number;
  waiting: Waiting[];
  pumping: boolean;
  /** Ends the sleep until the next turn, because something changed. */
  wake(): void;
}

const MAX_BUCKETS = 5000;

/**
 * A budget for each bucket (a method, or a method and a channel). Progress may only use what is left over half of the allowance. Answers
 * may borrow once the allowance itself, since Slack's limits are "at least so many": a limit that Slack does not enforce costs nobody
 * time. After Slack has said to wait, calls come one by one.
 */
export function callBudget({ now, wait }: Clock): CallBudget {
  const buckets = new Map<string, Bucket>();

  const open = (name: string, allowance: Allowance): Bucket => {
    const known = buckets.get(name);
    if (known) return counted(known, now());
    if (buckets.size >= MAX_BUCKETS) dropIdle(buckets, now());
    const bucket = {
      allowance,
      left: allowance.atOnce,
      countedAt: now(),
      heldUntil: 0,
      waiting: [],
      pumping: false,
      wake: () => undefined,
    };
    buckets.set(name, bucket);
    return bucket;
  };

  const pump = async (bucket: Bucket) => {
    if (bucket.pumping) return;
    bucket.pumping = true;
    while (bucket.waiting.length > 0) {
      const next = bucket.waiting.find(({ priority }) => priority === 'answer') ?? (bucket.waiting[0] as Waiting);
      const delay = delayOf(counted(bucket, now()), next.priority, now());
      if (delay > 0) {
        // An answer that arrives meanwhile must not wait as long as progress has to.
        const sleep = new AbortController();
        bucket.wake = () => sleep.abort();
        await wait(delay, sleep.signal).catch(() => undefined);
        continue;
      }
      bucket.waiting.splice(bucket.waiting.indexOf(next), 1);
      bucket.left -= 1;
      next.go();
    }
    bucket.pumping = false;
  };

  return {
    async turn(name, allowance, priority, signal) {
      signal.throwIfAborted();
      const bucket = open(name, allowance);
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          const at = bucket.waiting.indexOf(waiting);
          if (at >= 0) bucket.waiting.splice(at, 1);
          bucket.wake();
          reject(signal.reason);
        };
        const waiting: Waiting = {
          priority,
          go: () => {
            signal.removeEventListener('abort', leave);
            resolve();
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        bucket.waiting.push(waiting);
        bucket.wake();
        void pump(bucket);
      });
    },
    tryTurn(name, allowance) {
      const bucket = open(name, allowance);
      if (bucket.waiting.length > 0 || delayOf(bucket, 'progress', now()) > 0) return false;
      bucket.left -= 1;
      return true;
    },
    hold(name, allowance, forMs) {
      const bucket = open(name, allowance);
      bucket.heldUntil = Math.max(bucket.heldUntil, now() + forMs);
      bucket.left = Math.min(bucket.left, 1 - allowance.atOnce);
      bucket.countedAt = bucket.heldUntil;
    },
  };
}

function counted(bucket: Bucket, now: number): Bucket {
  const { atOnce, perMinute } = bucket.allowance;
  const passed = Math.max(0, now - bucket.countedAt);
  bucket.left = Math.min(atOnce, bucket.left + (passed * perMinute) / 60_000);
  bucket.countedAt = Math.max(bucket.countedAt, now);
  return bucket;
}

/** Milliseconds until a call of this priority may be made. */
function delayOf(bucket: Bucket, priority: Priority, now: number): number {
  const { atOnce, perMinute } = bucket.allowance;
  const floor = priority === 'answer' ? 1 - atOnce : atOnce / 2 + 1;
  const missing = Math.max(0, floor - bucket.left);
  return Math.max(Math.ceil((missing * 60_000) / perMinute), bucket.heldUntil - now, 0);
}

function dropIdle(buckets: Map<string, Bucket>, now: number): void {
  for (const [name, bucket] of buckets) {
    const idle = bucket.waiting.length === 0 && bucket.heldUntil <= now;
    if (idle && counted(bucket, now).left >= bucket.allowance.atOnce) buckets.delete(name);
  }
}
