import type { Ownership } from '../access/ownership.ts';
import type { Thread } from './thread.ts';

/** The thread with these runs noted as told of: whoever may not read them all does not go on with it. */
export function tellingOf(thread: Thread, runs: readonly Ownership[]): Thread {
  const about = new Map([...(thread.about ?? []), ...runs].map((run) => [run.id, run]));
  return { ...thread, about: [...about.values()] };
}
