import type { Language } from '../../../knowledge/bilingual.ts';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { type CardBlock, context } from './blocks.ts';
import type { Card } from './card.ts';
import { cutMrkdwn, mrkdwn, notificationText } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** Blocks that belong together, and how much they matter. */
export interface CardPart {
  blocks: readonly CardBlock[];
  /** 0: never left out but when nothing else helps; the higher, the sooner it goes. */
  rank: number;
}

/** Words of a notification: what a lock screen shows and a screen reader reads aloud. */
const NOTIFICATION = 1_500;

/**
 * One message that Slack takes: what matters least goes first where it is too much for one, and the card says so.
 *
 * @param text the whole point, without markup
 * @param leftOut what tells where the rest is
 */
export function fitCard(text: string, parts: readonly CardPart[], language: Language, leftOut?: string): Card {
  const kept = oneTable(parts.filter(({ blocks }) => blocks.length > 0));
  const told = () => kept.flatMap(({ blocks }) => blocks);
  const rest = context([mrkdwn`_${leftOut ?? LEFT_OUT[language]}_`]);
  const room = (blocks: readonly CardBlock[]) => !tooMuch([...blocks, ...rest]);
  const whole = told();
  while (kept.some(({ rank }) => rank > 0) && tooMuch(whole) && !room(told())) {
    const worst = Math.max(...kept.map(({ rank }) => rank));
    const at = kept.findLastIndex(({ rank }) => rank === worst);
    kept.splice(at, 1);
  }
  const blocks = tooMuch(whole) ? withRest(cutToRoom(told(), room), rest) : whole;
  const words = notificationText(shorten(text.trim() || '–', NOTIFICATION));
  return { text: cutMrkdwn(words, SLACK_LIMITS.messageText).mrkdwn, blocks };
}

const LEFT_OUT = {
  en: 'The rest did not fit into one message: the case page and “Show evidence” have it.',
  zh: '一条消息放不下全部内容：其余见案例页或点“查看证据”。',
} as const;

/** Slack takes one table in a message: the first stays. */
function oneTable(parts: readonly CardPart[]): CardPart[] {
  let tables = 0;
  return parts.map(({ blocks, rank }) => ({
    rank,
    blocks: blocks.filter(({ type }) => type !== 'table' || ++tables <= SLACK_LIMITS.tablesInMessage),
  }));
}

function tooMuch(blocks: readonly CardBlock[]): boolean {
  return blocks.length > SLACK_LIMITS.blocks || textLength(blocks) > SLACK_LIMITS.messageBlocksText;
}

/** What matters most is too much by itself: its end goes, and of the buttons none while there is anything else. */
function cutToRoom(blocks: readonly CardBlock[], room: (blocks: readonly CardBlock[]) => boolean): CardBlock[] {
  const kept = [...blocks];
  while (kept.length > 1 && !room(kept)) {
    const last = kept.findLastIndex(({ type }) => type !== 'actions');
    kept.splice(last === -1 ? kept.length - 1 : last, 1);
  }
  return kept;
}

/** That something was left out stands above the buttons. */
function withRest(blocks: readonly CardBlock[], rest: readonly CardBlock[]): CardBlock[] {
  const end = blocks.findLastIndex(({ type }) => type !== 'actions') + 1;
  return [...blocks.slice(0, end), ...rest, ...blocks.slice(end)];
}

/** Characters of every text in the blocks. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (typeof inner === 'string' ? (TOLD.has(key) ? inner.length : 0) : textLength(inner)),
    0,
  );
}

const TOLD = new Set(['text', 'alt_text', 'url']);
