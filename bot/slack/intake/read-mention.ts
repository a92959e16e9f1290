import { policyOf } from '../channel-policy.ts';
import type { DeliveryReader } from './intake-context.ts';
import { incomingOf, isByPerson, mentionsBot, messageEventOf } from './message-event.ts';

/** A person mentions the bot in a channel. Told by `app_mention` and, where the bot reads along, by `message` as well: one key for both. */
export const readMention: DeliveryReader = (body, context) => {
  const event = messageEventOf(body);
  if (event === null || event.channel_type === 'im' || !isByPerson(event, context)) return null;
  if (!mentionsBot(event, context) || policyOf(context.channels, event.channel).answers === 'off') return null;
  return incomingOf(event, 'mention', context);
};
