import type { DeliveryReader } from './intake-context.ts';
import { incomingOf, isByPerson, messageEventOf } from './message-event.ts';

/** A direct message outside of a thread; it is answered in a thread below it. */
export const readDirect: DeliveryReader = (body, context) => {
  const event = messageEventOf(body);
  if (event?.type !== 'message' || event.channel_type !== 'im' || !isByPerson(event, context)) return null;
  return typeof event.thread_ts === 'string' ? null : incomingOf(event, 'direct', context);
};
