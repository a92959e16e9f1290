import { createHash } from 'node:crypto';
import type { Card } from '../../render/slack/card.ts';
import type { OutletLog } from './outlet-log.ts';
import type { SlackCalls } from './slack-calls.ts';
import { SlackRefusal } from './slack-refusal.ts';

/** chat.update takes no more than 4,000 characters of text (docs.slack.dev, chat.update). */
const MAX_TEXT = 3900;
/** A picture just uploaded is not to be shown at once; Slack says `invalid_blocks` until then. */
const PICTURE_WAITS_MS = [500, 1000, 2000, 4000];

/** Equal cards have equal digests. */
export function cardDigest(card: Card): string {
  return createHash('sha256')
    .update(JSON.stringify([card.text, card.blocks]))
    .digest('hex')
    .slice(0, 32);
}

/** The fields of a message that a card fills. */
export interface CardFields {
  text: string;
  blocks?: unknown[];
}

/**
 * Sends a card, and when Slack does not take it as it is, something simpler: after some waiting without its pictures, then the text
 * alone. So a limit that was overlooked costs the form and never the answer.
 *
 * @param send makes the call with the fields; called again with simpler ones
 */
export async function sendCard<Sent>(
  card: Card,
  { calls, log, signal }: { calls: SlackCalls; log: OutletLog; signal: AbortSignal },
  send: (fields: CardFields) => Promise<Sent>,
): Promise<Sent> {
  let fields: CardFields = { text: card.text, blocks: [...card.blocks] };
  for (let waited = 0; ; ) {
    try {
      return await send(fields);
    } catch (error) {
      if (!(error instanceof SlackRefusal) || fields.blocks === undefined || !isAboutForm(error.code)) throw error;
      const pictures = /slack[ _]?file/i.test(error.about) && JSON.stringify(fields.blocks).includes('"slack_file"');
      const wait = pictures ? PICTURE_WAITS_MS[waited] : undefined;
      if (wait !== undefined) {
        waited += 1;
        await calls.clock.wait(wait, signal);
        continue;
      }
      log.warn({ code: error.code, at: pointersIn(error.about), pictures }, 'Slack does not take the card: simplified');
      fields = pictures
        ? { ...fields, blocks: fields.blocks.filter((block) => !JSON.stringify(block).includes('"slack_file"')) }
        : { text: cutText(card.text) };
    }
  }
}

function isAboutForm(code: string): boolean {
  return /^(?:invalid_blocks(?:_format)?|msg_too_long|msg_blocks_too_long|no_text|markdown_text_conflict)$/.test(code);
}

/** Where in the card Slack found something wrong: JSON pointers, without the content it may quote. */
function pointersIn(about: string): string {
  return [...about.matchAll(/json-pointer:([/\w-]{1,200})/g)]
    .slice(0, 5)
    .map((match) => match[1])
    .join(' ');
}

function cutText(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}
