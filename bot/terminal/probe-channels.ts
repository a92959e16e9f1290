import type { WebClient } from '@slack/web-api';
import { WebAPIPlatformError } from '@slack/web-api';
import { visibleText } from '../render/visible-text.ts';
import type { SlackSettings } from '../slack/slack-settings.ts';
import type { Check } from './probe-services.ts';
import { whyNotSlack } from './why-not-slack.ts';

/** Channels asked for; a policy file may name hundreds, and Slack takes some fifty such calls a minute. */
const MOST_CHANNELS = 20;

/** The channels that settings name: each is there, not archived, and the bot is in it where it has to speak or listen. */
export async function probeChannels(client: WebClient, slack: SlackSettings): Promise<Check[]> {
  const { supportChannel, channels } = slack;
  const named = Object.entries(channels.channels).filter(([channel]) => channel !== supportChannel);
  const asked = named.slice(0, MOST_CHANNELS);
  const support: Promise<Check> =
    supportChannel === null
      ? Promise.resolve({
          name: 'slack support channel',
          ok: null,
          detail: 'none: nothing can be handed over (WHEREFORE_SLACK_SUPPORT_CHANNEL)',
        })
      : probe(client, 'slack support channel', supportChannel, 'hand-offs');
  return [
    await support,
    ...(await Promise.all(
      asked.map(([channel, { answers }]) =>
        probe(client, `slack ${channel}`, channel, answers === 'off' ? null : answers),
      ),
    )),
    ...(named.length > asked.length
      ? [{ name: 'slack channels', ok: null, detail: `${named.length - asked.length} more were not asked for` }]
      : []),
  ];
}

/** @param what it does there; null: nothing, and it need not be in it */
async function probe(client: WebClient, name: string, channel: string, what: string | null): Promise<Check> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const shown = visibleText(`#${found?.name ?? channel}`);
    if (found?.is_archived === true) return { name, ok: false, detail: `${shown} is archived` };
    if (found?.is_member !== true && what !== null)
      return { name, ok: false, detail: `the bot is not in ${shown}: invite it there (/invite)` };
    return { name, ok: true, detail: `${shown}: ${what ?? 'off'}` };
  } catch (error) {
    // Slack tells a private channel that the bot is not in from none at all to nobody.
    const unknown = error instanceof WebAPIPlatformError && error.data.error === 'channel_not_found';
    const why = unknown ? 'not there, or private and the bot is not in it: invite it there' : whyNotSlack(error);
    return { name, ok: false, detail: `${channel}: ${why}` };
  }
}
