import { policyOf } from '../channel-policy.ts';
import type { DeliveryReader } from './intake-context.ts';
import { type MessageEvent, messageEventOf, messageKey } from './message-event.ts';
import { plainText } from './plain-text.ts';
import { readFiles } from './read-files.ts';
import { msOfTs } from './slack-ids.ts';
import { textOfBlocks } from './text-of-blocks.ts';

/** A message of an alert bot that the channel's policy names. Replies in threads (`resolved`) are left alone. */
export const readAlert: DeliveryReader = (body, { self, channels }) => {
  const event = messageEventOf(body);
  if (event === null || typeof event.bot_id !== 'string' || event.bot_id === self.botId) return null;
  if (event.user === self.botUserId || (typeof event.subtype === 'string' && event.subtype !== 'bot_message'))
    return null;
  if (typeof event.thread_ts === 'string' && event.thread_ts !== event.ts) return null;
  const { answers, bots } = policyOf(channels, event.channel);
  if (answers !== 'auto' || !isNamed(event, bots)) return null;
  const text = plainText(textOfBlocks(event), self.botUserId);
  if (text === '') return null;
  return {
    key: messageKey(self.team, event.channel, event.ts),
    way: 'alert',
    place: { team: self.team, channel: event.channel, threadTs: event.ts },
    user: event.bot_id,
    sentAtMs: msOfTs(event.ts),
    order: event.ts,
    text,
    files: readFiles(event.files),
    action: null,
  };
};

function isNamed({ bot_id, app_id, username, bot_profile: profile }: MessageEvent, bots: readonly string[]): boolean {
  if (bots.includes('*')) return true;
  const names = [bot_id, app_id, username, profile?.name, profile?.app_id].flatMap((name) =>
    typeof name === 'string' ? [name.toLowerCase()] : [],
  );
  return bots.some((bot) => names.includes(bot.toLowerCase()));
}
