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
  const spared = oneTable(parts.filter(({ blocks }) => blocks.length > 0));
  const kept = [...spared];
  const rest = context([mrkdwn`_${leftOut ?? LEFT_OUT[language]}_`]);
  let dropped = false;
  const size = () => kept.flatMap(({ blocks }) => blocks);
  while (kept.length > 1 && tooMuch([...size(), ...(dropped ? rest : [])])) {
    dropped = true;
    const worst = Math.max(...kept.map(({ rank }) => rank));
    kept.splice(
      kept.findLastIndex(({ rank }) => rank === worst),
      1,
    );
  }
  const blocks = cutBlocks(size(), dropped ? rest : []);
  return {
    text: cutMrkdwn(notificationText(shorten(text.trim() || '–', NOTIFICATION)), SLACK_LIMITS.messageText).mrkdwn,
    blocks,
  };
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

/** What is left when a single part is too much by itself. */
function cutBlocks(blocks: readonly CardBlock[], rest: readonly CardBlock[]): CardBlock[] {
  const kept = [...blocks];
  while (kept.length > 1 && tooMuch([...kept, ...rest])) kept.pop();
  return [...kept, ...rest];
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
