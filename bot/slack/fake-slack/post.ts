import { announce } from './events.ts';
import type { Deliveries, Delivery } from './wire/deliveries.ts';
import { type FakeMessage, findMessage, keepMessage, mintTs, type World } from './world.ts';

/** Everything of a message but what Slack gives it. */
export type NewMessage = Omit<FakeMessage, 'type' | 'ts' | 'edits'>;

/** Puts a message into its channel and tells the application. A root gets its thread at its first reply. */
export function post(
  world: World,
  deliveries: Deliveries,
  message: NewMessage,
): { message: FakeMessage; sent: Promise<Delivery>[] } {
  const made: FakeMessage = { type: 'message', ...message, ts: mintTs(world), edits: 0 };
  if (made.thread_ts !== undefined) {
    const root = findMessage(world, made.channel, made.thread_ts);
    if (root) root.thread_ts = root.ts;
  }
  keepMessage(world, made);
  return { message: made, sent: announce(world, deliveries, made) };
}

/** What the application's own messages carry. */
export function byBot(world: World): Pick<FakeMessage, 'user' | 'bot_id' | 'app_id'> {
  return { user: world.bot.userId, bot_id: world.bot.id, app_id: world.app.id };
}
