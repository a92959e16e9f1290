import type { Inbox, KnownThread } from '../../cases/inbox/inbox.ts';
import type { Incoming } from '../../cases/inbox/incoming.ts';
import type { Place } from '../../cases/place.ts';

/** What a way in asks of an inbox, in memory, with the failures that tests want. The real ones have their contract suite. */
export interface MemoryInbox extends Pick<Inbox, 'receive' | 'threadAt'> {
  kept: Map<string, Incoming>;
  /** What happened, in order; tests note acknowledgements beside it. */
  happened: string[];
  /** Storing fails while it is set. */
  down: boolean;
  /** How long storing takes, milliseconds. */
  slowMs: number;
}

/** An inbox that knows the threads of what it was given. */
export function memoryInbox(): MemoryInbox {
  const threads = new Map<string, KnownThread>();
  const nameOf = ({ channel, threadTs }: Place) => `${channel}/${threadTs}`;
  const inbox: MemoryInbox = {
    kept: new Map(),
    happened: [],
    down: false,
    slowMs: 0,
    async receive(incoming) {
      if (inbox.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, inbox.slowMs));
      if (inbox.down) throw new Error('the disk is full');
      inbox.happened.push(`stored ${incoming.way}`);
      if (inbox.kept.has(incoming.key)) return 'known';
      inbox.kept.set(incoming.key, incoming);
      threads.set(nameOf(incoming.place), { id: 'thr_0', place: incoming.place, caseId: null });
      return 'new';
    },
    async threadAt(place) {
      if (inbox.down) throw new Error('the disk is full');
      return threads.get(nameOf(place)) ?? null;
    },
  };
  return inbox;
}
