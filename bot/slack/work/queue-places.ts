import type { Incoming } from '../../cases/inbox/incoming.ts';
import { queuedCard } from '../../render/slack/queued-card.ts';
import { languageFor } from './answer-message.ts';
import { answerPlace } from './answer-place.ts';
import type { Desk } from './desk.ts';
import { progressKey } from './progress.ts';

/** Shows people who have to wait their place in the queue. */
export interface QueuePlaces {
  /** Something was stored here for the first time. */
  arrived(incoming: Incoming): void;
  stop(): void;
}

/** What is begun within this time needs no place in a queue. */
const AFTER_MS = 600;
/** How often a place is shown anew, in milliseconds: people look, and Slack counts edits. */
const EVERY_MS = 12_000;
/** Cards posted side by side. */
const AT_ONCE = 8;
/** Long enough to post one card, short enough that a crash holds nobody up. */
const LEASE_MS = 8_000;
/** What is not posted by then is left: the question may be begun when the lease is over, and nothing must be posted over its progress. */
const POST_MS = 6_000;

/**
 * Posts the place in the queue of every question that is not begun at once, in the message that later tells how far its answer is.
 * While the card is posted the question is held, so that nobody begins to answer it at the same time.
 */
export function showQueuePlaces(
  desk: Pick<Desk, 'inbox' | 'outlet' | 'language' | 'meter' | 'log' | 'now'>,
  worker: string,
  {
    afterMs = AFTER_MS,
    everyMs = EVERY_MS,
    postMs = POST_MS,
  }: { afterMs?: number; everyMs?: number; postMs?: number } = {},
): QueuePlaces {
  const stopping = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const waiting: { incoming: Incoming; again: boolean }[] = [];
  let posting = 0;

  function later(incoming: Incoming, again: boolean, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      waiting.push({ incoming, again });
      next();
    }, ms);
    timers.add(timer);
  }

  function next(): void {
    while (posting < AT_ONCE && waiting.length > 0 && !stopping.signal.aborted) {
      const { incoming, again } = waiting.shift() as { incoming: Incoming; again: boolean };
      posting += 1;
      show(incoming, again)
        .then((waits) => {
          if (waits && !stopping.signal.aborted) later(incoming, true, everyMs);
        })
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) desk.log('a place in the queue cannot be shown', error);
        })
        .finally(() => {
          posting -= 1;
          next();
        });
    }
  }

  /** False: it does not wait any more. */
  async function show(incoming: Incoming, again: boolean): Promise<boolean> {
    const ahead = await desk.inbox.ahead(incoming.key);
    if (ahead === null) return false;
    const held = await desk.inbox.hold(incoming.key, worker, LEASE_MS);
    if (held === null) return true;
    try {
      const language = languageFor(incoming.text, desk);
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(postMs)]);
      const place = await answerPlace(held, desk, language, signal);
      const card = queuedCard({ ahead, language, cancel: { caseId: null, diagnosis: null } });
      await desk.outlet.put(progressKey(incoming.key), place, card, signal, again ? 'progress' : 'answer');
      if (!again) desk.meter.firstCard(desk.now() - incoming.sentAtMs);
    } catch (error) {
      // Slack was too slow for this once: shown the next time, if it waits for so long.
      if (!(error instanceof DOMException) || error.name !== 'TimeoutError') throw error;
    } finally {
      await desk.inbox.letWait(incoming.key, worker);
    }
    return true;
  }

  return {
    arrived(incoming) {
      if (incoming.action === null && incoming.way !== 'alert') later(incoming, false, afterMs);
    },
    stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
