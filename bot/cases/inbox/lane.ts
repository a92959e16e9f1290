import type { ActionName, Incoming } from './incoming.ts';

/** Two queues of a thread: what is answered one after another, and small things that are done beside it. */
export type Lane = 'answer' | 'aside';

/** What needs no investigation, and is of no use if it waits for one. */
const ASIDE: readonly ActionName[] = ['cancel', 'helpful', 'not_helpful', 'evidence', 'page', 'show'];

export function laneOf({ action }: Incoming): Lane {
  return action !== null && ASIDE.includes(action.name) ? 'aside' : 'answer';
}
