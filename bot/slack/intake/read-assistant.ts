import type { DeliveryReader } from './intake-context.ts';
import { incomingOf, isByPerson, messageEventOf } from './message-event.ts';

/**
 * A message in the assistant pane: a direct message in a thread, since every conversation of the pane is a thread of the direct channel. A
 * reply below an answer in the direct channel has the same form and is read the same way.
 */
export const readAssistant: DeliveryReader = (body, context) => {
  const event = messageEventOf(body);
  if (event?.type !== 'message' || event.channel_type !== 'im' || !isByPerson(event, context)) return null;
  return typeof event.thread_ts === 'string' ? incomingOf(event, 'assistant', context) : null;
};
