import type { Delivery } from '../../../bot/slack/fake-slack/wire/deliveries.ts';
import type { ApiCall } from '../../../bot/slack/fake-slack/world.ts';

/** The trouble that a bot met, counted at the wire. */
export interface Trouble {
  droppedSockets: number;
  /** Deliveries that came to the bot more than once. */
  redelivered: number;
  rateLimited: number;
  serverErrors: number;
  /** Carried out, and the connection cut in place of an answer. */
  lostAnswers: number;
  /** Cut before anything happened, or answered late. */
  otherFaults: number;
  calls: number;
}

/** Counts what the double did to the bot. */
export function troubleIn(calls: readonly ApiCall[], deliveries: readonly Delivery[], droppedSockets: number): Trouble {
  const met = (what: string) => calls.filter(({ fault }) => fault === what).length;
  return {
    droppedSockets,
    redelivered: deliveries.filter(({ attempts }) => attempts.length > 1).length,
    rateLimited: calls.filter(({ fault, error }) => fault === 'ratelimited' || error === 'ratelimited').length,
    serverErrors: met('status'),
    lostAnswers: met('lose_answer'),
    otherFaults: met('reset') + met('slow'),
    calls: calls.length,
  };
}
