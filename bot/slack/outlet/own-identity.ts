import type { SlackCalls } from './slack-calls.ts';
import { SlackRefusal } from './slack-refusal.ts';

/** Who the bot is in its workspace. */
export interface OwnIdentity {
  userId: string;
  botId: string;
}

/** Asks `auth.test` once; null where Slack refuses to say (messages are then known by their metadata alone). */
export function ownIdentity(calls: SlackCalls): (team: string, signal: AbortSignal) => Promise<OwnIdentity | null> {
  let known: OwnIdentity | null = null;
  return async (team, signal) => {
    if (known) return known;
    try {
      const said = await calls.repeat({ method: 'auth.test', args: {}, team, priority: 'answer', signal });
      known = { userId: String(said.user_id ?? ''), botId: String(said.bot_id ?? '') };
      return known;
    } catch (error) {
      if (error instanceof SlackRefusal) return null;
      throw error;
    }
  };
}
