import type { FakeSlackOptions } from '../options.ts';

/** What kind of envelope something comes in. */
export type DeliveryKind = 'events_api' | 'interactive' | 'slash_commands';

/** How one try ended. */
export type Attempt =
  | { ok: true; payload: Record<string, unknown> }
  | {
      ok: false;
      reason: 'http_timeout' | 'http_error' | 'connection_failed' | 'timeout' | 'no_connection';
      noRetry?: boolean;
    };

/** One way to the application: its sockets or its request URL. */
export interface Transport {
  attempt(
    kind: DeliveryKind,
    payload: Record<string, unknown>,
    retry: { number: number; reason: string },
    timeoutMs: number,
  ): Promise<Attempt>;
}

/** Something that was sent to the application, and what became of it. */
export interface Delivery {
  kind: DeliveryKind;
  /** `event_id`, or the trigger of an interaction. */
  id: string;
  /** `app_mention`, `block_actions`, `/why` … */
  what: string;
  /** `ts` of the message it is about. */
  ts: string | null;
  state: 'waiting' | 'acknowledged' | 'lost';
  /** Since the fake started, milliseconds. */
  atMs: number;
  attempts: { atMs: number; outcome: string }[];
  /** What came with the acknowledgement. */
  answer: Record<string, unknown> | null;
}

/** Trouble on the way to the application, by chance between 0 and 1. */
export interface DeliveryTrouble {
  /** Delivers it a second time although it was acknowledged. */
  duplicate: number;
  /** Holds it back for up to `delayMs`, so that later ones overtake it. */
  delay: number;
  delayMs: number;
}

export interface Deliveries {
  /** Sends it, tries again by Slack's rules, and tells when it is acknowledged or given up. */
  deliver(kind: DeliveryKind, payload: Record<string, unknown>): Promise<Delivery>;
  all(): readonly Delivery[];
  trouble(next: Partial<DeliveryTrouble>): void;
  /** A ticket for one connection in Socket Mode. */
  ticket(): string;
  /** Waits until nothing is on its way. */
  idle(): Promise<void>;
  stop(): void;
}

/**
 * Brings events to the application. Events are tried again three times; interactions and commands are not: the person who pressed sees
 * an error instead (docs.slack.dev/apis/events-api, "Retries"; docs.slack.dev/interactivity/handling-user-interaction).
 */
export function deliveries(
  options: FakeSlackOptions,
  transport: Transport,
  now: () => number,
  random: () => number,
  ticket: () => string,
): Deliveries {
  const made: Delivery[] = [];
  const running = new Set<Promise<unknown>>();
  const timers = new Map<NodeJS.Timeout, () => void>();
  const trouble: DeliveryTrouble = { duplicate: 0, delay: 0, delayMs: 0 };
  let stopped = false;

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.set(timer, resolve);
    });
  }

  async function run(delivery: Delivery, payload: Record<string, unknown>): Promise<Delivery> {
    if (random() < trouble.delay) await wait(random() * trouble.delayMs);
    const delays = delivery.kind === 'events_api' ? options.retryDelaysMs : [];
    let reason = '';
    for (let number = 0; number <= delays.length && !stopped; number += 1) {
      if (number > 0) await wait((delays[number - 1] ?? 0) * options.retryScale);
      if (stopped) break;
      const atMs = now();
      const attempt = await transport.attempt(delivery.kind, payload, { number, reason }, options.ackTimeoutMs);
      delivery.attempts.push({ atMs, outcome: attempt.ok ? 'ok' : attempt.reason });
      if (attempt.ok) {
        delivery.state = 'acknowledged';
        delivery.answer = attempt.payload;
        if (delivery.kind === 'events_api' && random() < trouble.duplicate) {
          const again = await transport.attempt(
            delivery.kind,
            payload,
            { number: 1, reason: 'http_timeout' },
            options.ackTimeoutMs,
          );
          delivery.attempts.push({ atMs: now(), outcome: again.ok ? 'duplicate' : again.reason });
        }
        return delivery;
      }
      if (attempt.noRetry) break;
      reason = attempt.reason;
    }
    delivery.state = 'lost';
    return delivery;
  }

  return {
    deliver(kind, payload) {
      const event = payload.event as Record<string, unknown> | undefined;
      const delivery: Delivery = {
        kind,
        id: String(payload.event_id ?? payload.trigger_id ?? ''),
        what: String(event?.type ?? payload.type ?? payload.command ?? ''),
        ts: typeof event?.ts === 'string' ? event.ts : null,
        state: 'waiting',
        atMs: now(),
        attempts: [],
        answer: null,
      };
      made.push(delivery);
      const done = run(delivery, payload);
      running.add(done);
      void done.finally(() => running.delete(done));
      return done;
    },
    all: () => made,
    ticket,
    trouble(next) {
      Object.assign(trouble, next);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    stop() {
      stopped = true;
      for (const [timer, resolve] of timers) {
        clearTimeout(timer);
        resolve();
      }
      timers.clear();
    },
  };
}
