import { setTimeout as after } from 'node:timers/promises';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Self } from './intake/intake-context.ts';
import type { SlackLog } from './slack-log.ts';

/** Slack does not take the token; the message is for whoever set it. */
export class TokenRefused extends Error {}

const LONGEST_WAIT_MS = 15_000;
/** Answers of Slack's that are about its own state and not the token. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'team_added_to_org',
]);

/**
 * Asks Slack who the token belongs to, until it answers.
 *
 * @throws TokenRefused when Slack does not take it; the signal's reason
 */
export async function whoAmI(client: WebClient, log: SlackLog, signal: AbortSignal): Promise<Self> {
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted();
    try {
      const { team_id: team, user_id: botUserId, bot_id: botId, url } = await client.auth.test();
      if (team === undefined || botUserId === undefined) throw new Error('auth.test names no workspace');
      if (botId === undefined)
        throw new TokenRefused('WHEREFORE_SLACK_BOT_TOKEN: Slack says that this token is not of a bot (xoxb-…)');
      return { team, botUserId, botId, ...(url === undefined ? {} : { workspaceUrl: url }) };
    } catch (error) {
      if (error instanceof TokenRefused) throw error;
      if (error instanceof WebAPIPlatformError && !PASSING.has(error.data.error))
        throw new TokenRefused(`WHEREFORE_SLACK_BOT_TOKEN: Slack does not take it (${error.data.error})`);
      log.warn(
        { failures, why: error instanceof Error ? error.message.slice(0, 200) : '' },
        'Slack does not answer yet',
      );
      await after(waitMs(error, failures), null, { signal });
    }
  }
}

function waitMs(error: unknown, failures: number): number {
  if (error instanceof WebAPIRateLimitedError) return Math.min(error.retryAfter, 120) * 1000;
  return Math.min(LONGEST_WAIT_MS, 250 * 2 ** Math.min(failures - 1, 10));
}
