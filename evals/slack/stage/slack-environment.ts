import path from 'node:path';
import type { FakeSlackAddress } from '../../../bot/slack/fake-slack/fake-slack.ts';

/** The settings of a bot that talks to a double and keeps everything in one folder; without an index it searches the built-in runbooks. */
export function slackEnvironment(
  slack: FakeSlackAddress,
  { folder, index = null, databaseUrl = null }: { folder: string; index?: string | null; databaseUrl?: string | null },
): Record<string, string> {
  return {
    WHEREFORE_SLACK_BOT_TOKEN: slack.botToken,
    WHEREFORE_SLACK_APP_TOKEN: slack.appToken,
    WHEREFORE_SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
    // Health and metrics on any port that is free.
    WHEREFORE_SLACK_PORT: '0',
    ...(index === null ? {} : { WHEREFORE_INDEX: index }),
    WHEREFORE_CASES: path.join(folder, 'cases'),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
}
