import type { Claimed } from '../../cases/inbox/inbox.ts';
import { actOn } from './act-on.ts';
import { afterFailure } from './after-failure.ts';
import { answerMessage } from './answer-message.ts';
import type { Desk } from './desk.ts';
import type { WorkEnd } from './work-loop.ts';

/** Works on one thing that arrived, whatever it is, to an end: nothing is tried for ever. */
export async function workOn(claimed: Claimed, desk: Desk, signal: AbortSignal): Promise<WorkEnd> {
  try {
    if (claimed.incoming.action !== null) return await actOn(claimed, desk, signal);
    const end = await answerMessage(claimed, desk, signal);
    if ('finish' in end) await lookBack(claimed, desk, signal);
    return end;
  } catch (error) {
    if (signal.aborted) throw error;
    return afterFailure(error, claimed, desk);
  }
}

/** What arrives later than this after it was written was delivered again. */
const LATE_MS = 1_000;

/**
 * Looks for follow-ups that overtook the message that brought the bot into their thread. Done before the message counts as finished, so
 * that a crash in between only has it done again.
 */
async function lookBack({ incoming, receivedAtMs, thread }: Claimed, desk: Desk, signal: AbortSignal): Promise<void> {
  const begins = incoming.way === 'mention' || incoming.way === 'alert';
  if (!begins || receivedAtMs - incoming.sentAtMs < LATE_MS) return;
  try {
    await desk.receiveSince(thread.place, incoming.order, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    // Without the right to read threads there is nothing to look at.
    desk.log('a thread cannot be looked into for what came before', error);
  }
}
