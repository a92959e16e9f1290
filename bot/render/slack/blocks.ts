import type {
  ActionsBlock,
  ActionsBlockElement,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  MrkdwnElement,
  PlainTextElement,
  RichTextBlock,
  SectionBlock,
  TableBlock,
} from '@slack/types';
import { shorten } from '../../../tools/evidence/shorten.ts';
import { visibleText } from '../visible-text.ts';
import { cutMrkdwn, lines, type Mrkdwn, plainText } from './mrkdwn.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** The blocks our cards are made of. */
export type CardBlock =
  | ActionsBlock
  | ContextBlock
  | DividerBlock
  | HeaderBlock
  | ImageBlock
  | RichTextBlock
  | SectionBlock
  | TableBlock;

/** Longest line of running text; more is cut where a word ends. */
const LINE = 1_400;

/** Lines of markup as sections: as many as the text needs, none when there is nothing to say. */
export function sections(rows: readonly Mrkdwn[], look: { expand?: boolean } = {}): SectionBlock[] {
  const blocks: Mrkdwn[][] = [];
  let room = 0;
  for (const row of rows) {
    const line = cutMrkdwn(row, LINE);
    const cost = line.mrkdwn.length + 1;
    if (blocks.length === 0 || cost > room) {
      blocks.push([]);
      room = SLACK_LIMITS.sectionText;
    }
    blocks.at(-1)?.push(line);
    room -= cost;
  }
  return blocks
    .map(lines)
    .filter(({ mrkdwn }) => mrkdwn.trim() !== '')
    .map((text) => ({
      type: 'section',
      text: markup(cutMrkdwn(text, SLACK_LIMITS.sectionText)),
      ...(look.expand ? { expand: true } : {}),
    }));
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text.trim() === '' ? '–' : text, SLACK_LIMITS.headerText) };
}

/** Small grey lines; lines beyond the tenth share the last element. */
export function context(rows: readonly Mrkdwn[]): ContextBlock[] {
  const told = rows.filter(({ mrkdwn }) => mrkdwn.trim() !== '');
  if (told.length === 0) return [];
  const text = cutMrkdwn(lines(told.map((row) => cutMrkdwn(row, LINE))), SLACK_LIMITS.contextText);
  return [{ type: 'context', elements: [markup(text)] }];
}

/** A row of buttons and choices; none without any. */
export function actions(elements: readonly ActionsBlockElement[], blockId?: string): ActionsBlock[] {
  if (elements.length === 0) return [];
  return [
    {
      type: 'actions',
      ...(blockId === undefined ? {} : { block_id: blockId.slice(0, SLACK_LIMITS.blockId) }),
      elements: elements.slice(0, SLACK_LIMITS.actionsElements),
    },
  ];
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

/** A picture uploaded before, with what it shows in words. No address of the web is ever shown as a picture. */
export function image({ fileId, alt, title }: { fileId: string; alt: string; title: string }): ImageBlock[] {
  if (!/^F[A-Z0-9]{8,30}$/.test(fileId)) return [];
  return [
    {
      type: 'image',
      slack_file: { id: fileId },
      alt_text: shorten(plainText(alt).trim() || plainText(title) || '–', SLACK_LIMITS.imageAlt),
      ...(title.trim() === '' ? {} : { title: plain(title, 200) }),
    },
  ];
}

/** Cells of one table together: those of a message have to share the room with its text. */
const TABLE_TEXT = 4_000;

/**
 * A table: the first row is its head, figures stand to the right. What does not fit is left out from the end, but for the last row.
 *
 * @param right columns of figures, from 0
 */
export function table(rows: readonly (readonly string[])[], right: readonly number[]): TableBlock[] {
  const columns = Math.min(SLACK_LIMITS.tableColumns, Math.max(0, ...rows.map((row) => row.length)));
  if (rows.length < 2 || columns === 0) return [];
  const most = Math.min(SLACK_LIMITS.tableRows, Math.floor(TABLE_TEXT / columns / CELL));
  const kept = rows.length <= most ? rows : [...rows.slice(0, most - 1), ...rows.slice(-1)];
  return [
    {
      type: 'table',
      rows: kept.map((row) =>
        Array.from({ length: columns }, (_, at) => ({
          type: 'raw_text' as const,
          text: shorten(plainText(row[at] ?? '').trim() || '–', CELL),
        })),
      ),
      column_settings: Array.from({ length: columns }, (_, at) => ({
        align: right.includes(at) ? ('right' as const) : ('left' as const),
        is_wrapped: at === 0,
      })),
    },
  ];
}

const CELL = 60;

/** Text word for word in a block of its own: it is not markup at all, so nothing in it can end or format it. */
export function preformatted(text: string, most: number): RichTextBlock {
  const shown = text
    .toWellFormed()
    .split('\n')
    .map((line) => visibleText(line))
    .join('\n');
  const cut = shown.length <= most ? shown : `${shown.slice(0, most - 2).replace(/[\ud800-\udbff]$/, '')}\n…`;
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: cut === '' ? ' ' : cut }] }],
  };
}

/** `verbatim`: Slack looks for neither names nor addresses in the text. */
export function markup({ mrkdwn }: Mrkdwn): MrkdwnElement {
  return { type: 'mrkdwn', text: mrkdwn, verbatim: true };
}

export function plain(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: shorten(plainText(text).trim() || '–', most), emoji: false };
}
