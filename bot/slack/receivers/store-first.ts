import { setTimeout as after } from 'node:timers/promises';
import type { App, ReceiverEvent } from '@slack/bolt';
import type { Inbox } from '../../cases/inbox/inbox.ts';
import type { Incoming } from '../../cases/inbox/incoming.ts';
import type { IntakeContext } from '../intake/intake-context.ts';
import { readDelivery } from '../intake/read-delivery.ts';
import { msOfTs } from '../intake/slack-ids.ts';
import type { SlackLog } from '../slack-log.ts';

/** A delivery could not be stored: it must not be acknowledged, so that Slack delivers it again or tells the person. */
export class NotStored extends Error {}

/** What stands between a receiver and Bolt needs. */
export interface StoreFirstMeans {
  inbox: Pick<Inbox, 'receive' | 'threadAt'>;
  context: Omit<IntakeContext, 'nowMs'>;
  log: SlackLog;
  /** Told of each thing that was not known before, once it is stored. */
  onNew?(incoming: Incoming): void;
  /** How long storing may take, milliseconds; Slack waits 3 s for an acknowledgement. */
  limitMs?: number;
  /** How long something in a young thread waits for the mention that began it, milliseconds. */
  threadMs?: number;
}

const LIMIT_MS = 2_500;
const THREAD_MS = 1_500;
/** Slack does not keep the order of events: in a thread that is no older, what began it may still be on its way. */
const YOUNG_MS = 120_000;

/**
 * Stands between a receiver and Bolt's app: what a delivery asks is in the inbox before Bolt sees it, and Bolt is what acknowledges.
 * `processEvent` throws `NotStored` when the store fails or takes too long; a later delivery of the same is known by its key.
 */
export function storeFirst(app: Pick<App, 'processEvent'>, means: StoreFirstMeans): Pick<App, 'processEvent'> {
  return {
    async processEvent(event: ReceiverEvent) {
      const incoming = readDelivery(event.body, { ...means.context, nowMs: Date.now() });
      if (incoming !== null) await stored(incoming, means);
      await app.processEvent(event);
    },
  };
}

async function stored(incoming: Incoming, means: StoreFirstMeans): Promise<void> {
  const { inbox, log, onNew, limitMs = LIMIT_MS, threadMs = THREAD_MS } = means;
  const begin = performance.now();
  const outcome = await within(limitMs, kept(inbox, incoming, threadMs)).catch((error: unknown) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'unknown';
    log.error({ way: incoming.way, why: why ?? '' }, 'what arrived could not be stored and is not acknowledged');
    throw new NotStored('what arrived could not be stored', { cause: error });
  });
  const ms = Math.round(performance.now() - begin);
  log.info({ way: incoming.way, action: incoming.action?.name ?? '', outcome, ms }, 'arrived');
  if (outcome === 'new') onNew?.(incoming);
}

/** A message in a thread is the bot's business only where it is in the thread. */
async function kept(
  inbox: StoreFirstMeans['inbox'],
  incoming: Incoming,
  threadMs: number,
): Promise<'new' | 'known' | 'not ours'> {
  if (incoming.way === 'follow_up' && !(await isInThread(inbox, incoming, threadMs))) return 'not ours';
  return await inbox.receive(incoming);
}

async function isInThread(inbox: StoreFirstMeans['inbox'], { place }: Incoming, threadMs: number): Promise<boolean> {
  const isYoung = Math.abs(Date.now() - msOfTs(place.threadTs ?? '0.0')) < YOUNG_MS;
  const until = performance.now() + (isYoung ? threadMs : 0);
  for (let pause = 50; ; pause *= 2) {
    if ((await inbox.threadAt(place)) !== null) return true;
    const left = until - performance.now();
    if (left <= 0) return false;
    await after(Math.min(pause, left));
  }
}

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  const done = new AbortController();
  const late = after(limitMs, null, { signal: done.signal }).then(() => {
    throw new Error(`the store took longer than ${limitMs} ms`);
  });
  // Whichever loses the race may still fail: nobody waits for it then.
  late.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
