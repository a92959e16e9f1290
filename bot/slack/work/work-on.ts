import type { Claimed } from '../../cases/inbox/inbox.ts';
import { actOn } from './act-on.ts';
import { afterFailure } from './after-failure.ts';
import { answerMessage } from './answer-message.ts';
import type { Desk } from './desk.ts';
import type { WorkEnd } from './work-loop.ts';

/** Works on one thing that arrived, whatever it is, to an end: nothing is tried for ever. */
export async function workOn(claimed: Claimed, desk: Desk, signal: AbortSignal): Promise<WorkEnd> {
  try {
    return claimed.incoming.action === null
      ? await answerMessage(claimed, desk, signal)
      : await actOn(claimed, desk, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return afterFailure(error, claimed, desk);
  }
}
