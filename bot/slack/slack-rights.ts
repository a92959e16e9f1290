import type { Access } from '../access/access-file.ts';
import { rememberVenues } from '../access/audience.ts';
import type { SlackDirectory } from '../access/slack-directory.ts';
import { type SlackPerson, viewerOf } from '../access/viewer.ts';
import type { Rights } from './work/desk.ts';

/** Who may see what, by the access file and what Slack says of people; without a file everybody sees everything. */
export function slackRights(access: Access | null, directory: SlackDirectory): Rights {
  const venue = rememberVenues();
  return {
    limited: access !== null,
    viewer: async (_team, user) =>
      viewerOf(access, (access === null ? null : await directory.user(user)) ?? nobody(user)),
    venue: async (place, asker, about) =>
      await venue({ access, directory, channel: place.channel, isDirect: place.channel.startsWith('D'), asker, about }),
  };
}

/** Somebody of whom Slack tells nothing: only what the file itself says of the id holds. */
function nobody(id: string): SlackPerson {
  return { id, email: null, fields: {}, isBot: false, isForeign: true };
}
