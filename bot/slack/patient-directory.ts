import type { DirectoryClient } from '../access/slack-directory.ts';
import type { SlackAnswer, SlackCalls } from './outlet/slack-calls.ts';

/** Whoever asks waits for an answer meanwhile; what Slack does not tell by then is not known. */
const LONGEST_MS = 30_000;

/**
 * What the directory asks of Slack, through calls that wait out limits and breakdowns: a person of whom Slack could not tell for a moment
 * is not somebody whom nobody knows.
 */
export function patientDirectory(
  calls: Pick<SlackCalls, 'repeat'>,
  team: string,
  longestMs = LONGEST_MS,
): DirectoryClient {
  const ask = async (method: string, args: Record<string, unknown>): Promise<SlackAnswer> =>
    await calls.repeat({ method, args, team, priority: 'answer', signal: AbortSignal.timeout(longestMs) });
  return {
    users: {
      info: async (asked) => ({ user: (await ask('users.info', asked)).user }),
      profile: { get: async (asked) => ({ profile: (await ask('users.profile.get', asked)).profile }) },
    },
    conversations: {
      async members(asked) {
        const { members, response_metadata: metadata } = await ask('conversations.members', asked);
        const next = metadata?.next_cursor;
        return {
          ...(Array.isArray(members) ? { members: members.filter((id) => typeof id === 'string') } : {}),
          ...(next === undefined ? {} : { response_metadata: { next_cursor: next } }),
        };
      },
    },
  };
}
