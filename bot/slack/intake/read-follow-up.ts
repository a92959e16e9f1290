import { policyOf } from '../channel-policy.ts';
import type { DeliveryReader } from './intake-context.ts';
import { incomingOf, isByPerson, mentionsBot, messageEventOf } from './message-event.ts';

/**
 * A person writes in a thread of a channel without mentioning the bot. Whether the bot is in that thread has to be asked of the inbox; a
 * message that begins with somebody else's name is meant for them.
 */
export const readFollowUp: DeliveryReader = (body, context) => {
  const event = messageEventOf(body);
  if (event?.type !== 'message' || event.channel_type === 'im' || !isByPerson(event, context)) return null;
  if (typeof event.thread_ts !== 'string' || event.thread_ts === event.ts || mentionsBot(event, context)) return null;
  if (/^\s{0,20}<@/.test(event.text ?? '') || policyOf(context.channels, event.channel).answers === 'off') return null;
  return incomingOf(event, 'follow_up', context);
};
