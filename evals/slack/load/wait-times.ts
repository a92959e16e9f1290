import type { Delivery } from '../../../bot/slack/fake-slack/wire/deliveries.ts';
import type { ApiCall } from '../../../bot/slack/fake-slack/world.ts';

/** One question as it was said. */
export interface SaidQuestion {
  channel: string;
  ts: string;
  /** By which the bot knows it (`Incoming.key`). */
  key: string;
}

/** What a person waited for, milliseconds from the moment Slack sent the event; null: it never came. */
export interface Waits {
  /** The first message for the question: its place in the queue, progress or already the answer. */
  firstMs: number | null;
  /** The answer in words. */
  finalMs: number | null;
  /** The last change of the answer: its charts. */
  completeMs: number | null;
}

/** Reads at the wire how long each question waited. */
export function waitTimes(
  said: readonly SaidQuestion[],
  calls: readonly ApiCall[],
  deliveries: readonly Delivery[],
): Waits[] {
  const sent = new Map<string, number>();
  for (const { ts, atMs } of deliveries) if (ts !== null) sent.set(ts, Math.min(atMs, sent.get(ts) ?? atMs));
  const done = calls.filter(({ status, error }) => status === 200 && error === null).map(writeOf);
  const ofKey = new Map<string, number[]>();
  const streams = new Map<string, number>();
  for (const write of done) {
    if (write === null) continue;
    if (write.key !== null) ofKey.set(write.key, [...(ofKey.get(write.key) ?? []), write.atMs]);
    else if (write.streamIn !== null && !streams.has(write.streamIn)) streams.set(write.streamIn, write.atMs);
  }
  return said.map(({ channel, ts, key }) => {
    const from = sent.get(ts) ?? 0;
    const since = (atMs: number | undefined) => (atMs === undefined ? null : atMs - from);
    const answers = ofKey.get(`answer/${key}`) ?? [];
    const stream = streams.get(`${channel} ${ts}`);
    const firsts = [...(ofKey.get(`progress/${key}`) ?? []), ...answers, ...(stream === undefined ? [] : [stream])];
    return {
      firstMs: since(firsts.toSorted((a, b) => a - b)[0]),
      finalMs: since(answers[0]),
      completeMs: since(answers.at(-1)),
    };
  });
}

interface Write {
  /** When Slack had done it, since the double started. */
  atMs: number;
  key: string | null;
  /** `channel thread` of a stream that begins: it has no metadata yet. */
  streamIn: string | null;
}

function writeOf({ method, args, atMs, tookMs }: ApiCall): Write | null {
  if (!/^chat\.(?:postMessage|update|startStream|stopStream)$/.test(method)) return null;
  const streamIn = method === 'chat.startStream' ? `${String(args.channel)} ${String(args.thread_ts)}` : null;
  return { atMs: atMs + (tookMs ?? 0), key: keyIn(args.metadata), streamIn };
}

/** Metadata come as JSON in a form, or as they are. */
function keyIn(metadata: unknown): string | null {
  const read: unknown = typeof metadata === 'string' && metadata !== '' ? JSON.parse(metadata) : metadata;
  const key = (read as { event_payload?: { key?: unknown } } | null | undefined)?.event_payload?.key;
  return typeof key === 'string' ? key : null;
}

/** A value that so many of a hundred do not exceed; infinite where something never came. */
export function percentile(values: readonly (number | null)[], percent: number): number {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
