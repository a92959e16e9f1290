import { z } from 'zod';
import type { Incoming, Way } from '../../cases/inbox/incoming.ts';
import type { IntakeContext } from './intake-context.ts';
import { plainText } from './plain-text.ts';
import { readFiles } from './read-files.ts';
import { msOfTs, SLACK_ID, SLACK_TS } from './slack-ids.ts';
import { spokenAction } from './spoken-action.ts';
import { textOfBlocks } from './text-of-blocks.ts';

const EVENT_BODY = z.object({
  event: z.object({
    type: z.enum(['message', 'app_mention']),
    subtype: z.string().nullish(),
    channel: SLACK_ID,
    channel_type: z.string().nullish(),
    user: SLACK_ID.nullish(),
    bot_id: SLACK_ID.nullish(),
    app_id: SLACK_ID.nullish(),
    username: z.string().nullish(),
    bot_profile: z.object({ name: z.string().nullish(), app_id: z.string().nullish() }).nullish(),
    ts: SLACK_TS,
    thread_ts: SLACK_TS.nullish(),
    text: z.string().nullish(),
    blocks: z.unknown().optional(),
    attachments: z.unknown().optional(),
    files: z.unknown().optional(),
  }),
});

/** A message as the Events API tells it, by `message` and `app_mention` alike. */
export type MessageEvent = z.infer<typeof EVENT_BODY>['event'];

/** What a person writes; all other subtypes tell of edits, deletions, joins and the like. `thread_broadcast` is a reply shown in the channel too. */
const WRITTEN = new Set(['file_share', 'thread_broadcast']);

/** The message of a delivery; null where it is anything else. */
export function messageEventOf(body: unknown): MessageEvent | null {
  return EVENT_BODY.safeParse(body).data?.event ?? null;
}

/** A person wrote it: no bot, not the bot itself, nothing that Slack says. */
export function isByPerson({ user, bot_id: bot, subtype }: MessageEvent, { self }: IntakeContext): boolean {
  if (typeof bot === 'string' || typeof user !== 'string') return false;
  if (user === self.botUserId || user === 'USLACKBOT') return false;
  return typeof subtype !== 'string' || WRITTEN.has(subtype);
}

/** It mentions the bot. */
export function mentionsBot(event: MessageEvent, { self }: IntakeContext): boolean {
  const mention = new RegExp(`<@${self.botUserId}(?:\\|[^<>]{0,200})?>`);
  return event.type === 'app_mention' || mention.test(event.text ?? '') || mention.test(textOfBlocks(event));
}

/** One key for every delivery of a message, whichever event tells of it. */
export function messageKey(team: string, channel: string, ts: string): string {
  return `message:${team}:${channel}:${ts}`;
}

/** What a person's message becomes; a message without words and files is nothing. */
export function incomingOf(event: MessageEvent, way: Way, { self }: IntakeContext): Incoming | null {
  const text = writtenText(event, self.botUserId);
  const files = readFiles(event.files);
  if (text === '' && files.length === 0 && way !== 'mention') return null;
  return {
    key: messageKey(self.team, event.channel, event.ts),
    way,
    place: { team: self.team, channel: event.channel, threadTs: event.thread_ts ?? event.ts },
    user: event.user ?? event.bot_id ?? '',
    sentAtMs: msOfTs(event.ts),
    order: event.ts,
    text,
    files,
    action: spokenAction(text),
  };
}

/** What a person typed stands in `text`; the blocks beside it say the same. */
function writtenText(event: MessageEvent, botUserId: string): string {
  const typed = plainText(event.text ?? '', botUserId);
  return typed === '' ? plainText(textOfBlocks(event), botUserId) : typed;
}
