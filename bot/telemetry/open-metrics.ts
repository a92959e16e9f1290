import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { InboxCounts } from '../cases/inbox/inbox.ts';

/** What the bot counts and times, for Prometheus. */
export interface Metrics {
  /** Something new was stored. */
  received(way: string): void;
  /** From the message to the first card or its place in the queue. */
  firstCard(afterMs: number): void;
  /** From the message to its answer, with how it ended: an outcome of a diagnosis, or why there is none. */
  final(afterMs: number, outcome: string): void;
  /** Working on something broke and is tried again. */
  broke(): void;
  /** The text that Prometheus reads, and its content type. */
  text(): Promise<{ type: string; body: string }>;
}

/** Seconds; the marks are those of the product: three for the first card, sixty for the answer. */
const FIRST_CARD_BUCKETS = [0.5, 1, 2, 3, 5, 10, 30];
const FINAL_BUCKETS = [1, 2, 5, 10, 20, 30, 60, 90, 180, 600];

/**
 * Opens the metrics of one process. No label is anything that a person wrote: ways and outcomes are closed lists.
 *
 * @param counts what waits and is under way, asked when somebody reads the metrics; null: the store does not answer
 */
export function openMetrics(counts: () => Promise<InboxCounts | null>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'wherefore_' });
  const received = new Counter({
    name: 'wherefore_messages_received_total',
    help: 'Messages, buttons and forms stored for the first time, by the way they came.',
    labelNames: ['way'],
    registers,
  });
  const broke = new Counter({
    name: 'wherefore_work_broken_total',
    help: 'Answers that broke and were tried again.',
    registers,
  });
  const firstCard = new Histogram({
    name: 'wherefore_first_card_seconds',
    help: 'From a message to its first card or its place in the queue.',
    buckets: FIRST_CARD_BUCKETS,
    registers,
  });
  const final = new Histogram({
    name: 'wherefore_answer_seconds',
    help: 'From a message to its answer, by how it ended.',
    labelNames: ['outcome'],
    buckets: FINAL_BUCKETS,
    registers,
  });
  new Gauge({
    name: 'wherefore_inbox',
    help: 'Messages that wait, are worked on, or are done, over all replicas.',
    labelNames: ['state'],
    registers,
    async collect() {
      const now = await counts().catch(() => null);
      this.reset();
      if (now === null) return;
      this.set({ state: 'waiting' }, now.waiting);
      this.set({ state: 'taken' }, now.taken);
      for (const [state, count] of Object.entries(now.finished)) this.set({ state }, count);
    },
  });
  return {
    received: (way) => received.inc({ way }),
    firstCard: (afterMs) => firstCard.observe(Math.max(0, afterMs) / 1000),
    final: (afterMs, outcome) => final.observe({ outcome }, Math.max(0, afterMs) / 1000),
    broke: () => broke.inc(),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
