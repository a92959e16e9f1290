import { mayOpenCase } from '../../access/case-access.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Claimed } from '../../cases/inbox/inbox.ts';
import type { KeptCase } from '../../cases/kept-cases/kept-cases.ts';
import type { Desk } from './desk.ts';

/** The case that a message goes on with, and where what comes of it is kept. */
export interface CaseOf {
  /** null: it begins one. */
  kept: KeptCase | null;
  /** The thread whose case it is or becomes; null: none. */
  threadId: string | null;
  /** The thread beside whose case it stands, since the asker may not open that one. */
  beside: string | null;
}

/** Whether a viewer may open a kept case, who began it counting. */
export function mayOpen(viewer: Viewer, kept: KeptCase): boolean {
  return mayOpenCase(viewer, kept.about, kept);
}

/**
 * The case that is meant: the one a button names, else that of the thread, else, where the asker may not open that, their own beside it.
 * Never one that the asker may not open.
 */
export async function caseOf(
  { incoming, thread }: Pick<Claimed, 'incoming' | 'thread'>,
  viewer: Viewer,
  desk: Pick<Desk, 'cases'>,
): Promise<CaseOf> {
  const named = incoming.action?.caseId ?? null;
  const pressed = named === null ? null : await desk.cases.read(named);
  if (pressed !== null && mayOpen(viewer, pressed))
    return { kept: pressed, threadId: pressed.threadId, beside: pressed.beside };
  const found = thread.caseId === null ? null : await desk.cases.read(thread.caseId);
  if (found === null || mayOpen(viewer, found)) return { kept: found, threadId: thread.id, beside: null };
  const own = await desk.cases.besideThread(thread.id, incoming.user);
  return { kept: own !== null && mayOpen(viewer, own) ? own : null, threadId: null, beside: thread.id };
}
