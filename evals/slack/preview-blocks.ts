import type { KnownBlock, ModalView } from '@slack/types';
import type { Card } from '../../bot/render/slack/card.ts';
import { escapeHtml, mrkdwnHtml } from './mrkdwn-html.ts';
import { PREVIEW_STYLE } from './preview-style.ts';

/** How a preview is drawn. */
export interface PreviewOptions {
  theme?: 'light' | 'dark';
  /** Uploaded pictures as `data:` addresses, by file id; others are drawn as their alternative text. */
  pictures?: Readonly<Record<string, string>>;
  /** Who posts; the bot by default. */
  name?: string;
}

/** A message, who posts it, and what Slack says of it: that an application posts it, that one person alone sees it. */
export interface ShownMessage {
  card: Card;
  name?: string;
  by?: 'app' | 'person';
  alone?: boolean;
}

type Shown = ShownMessage | { view: ModalView };

/** Messages and forms as one page of HTML that looks like Slack and asks for nothing outside. */
export function previewPage(shown: readonly Shown[], options: PreviewOptions = {}): string {
  const body = shown
    .map((each) =>
      'view' in each
        ? modal(each.view, options)
        : message(each, { ...options, name: each.name ?? options.name ?? 'Wherefore' }),
    )
    .join('\n');
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Cards</title><style>${PREVIEW_STYLE}</style></head>
<body class="${options.theme === 'dark' ? 'dark' : 'light'}">${body}</body></html>\n`;
}

/** The blocks of one message as HTML. */
export function previewBlocks(blocks: Card['blocks'], options: PreviewOptions = {}): string {
  return blocks
    .map((block) => `<div class="block ${escapeHtml(block.type)}">${drawn(block as KnownBlock, options)}</div>`)
    .join('\n');
}

function message({ card, by = 'app', alone = false }: ShownMessage, options: PreviewOptions): string {
  const name = escapeHtml(options.name ?? '');
  const app = by === 'app' ? ' <span class="app">APP</span>' : '';
  const seen = alone ? '<div class="block context">Only visible to you</div>' : '';
  return `<article><div class="avatar">${name.slice(0, 1)}</div><div class="body"><div class="name"><b>${name}</b>${app}</div>${seen}${previewBlocks(card.blocks, options)}</div></article>`;
}

function modal(view: ModalView, options: PreviewOptions): string {
  const foot = [view.close, view.submit]
    .map((text) => (text ? `<span class="button">${escapeHtml(text.text)}</span>` : ''))
    .join(' ');
  return `<section class="modal"><h2>${escapeHtml(view.title.text)}</h2>${previewBlocks(view.blocks, options)}<div class="foot">${foot}</div></section>`;
}

function drawn(block: KnownBlock, options: PreviewOptions): string {
  switch (block.type) {
    case 'section':
      return text(block.text);
    case 'header':
      return `<h3>${text(block.text)}</h3>`;
    case 'context':
      return block.elements
        .map((element) => (element.type === 'image' ? '' : `<span>${text(element)}</span>`))
        .join(' ');
    case 'actions':
      return block.elements.map((element) => control(element)).join(' ');
    case 'divider':
      return '<hr>';
    case 'image':
      return picture(block, options);
    case 'rich_text':
      return block.elements.map(richText).join('');
    case 'table':
      return table(block.rows, block.column_settings ?? []);
    case 'input':
      return `<label>${escapeHtml(block.label.text)}</label>${control(block.element)}${block.hint ? `<small>${escapeHtml(block.hint.text)}</small>` : ''}`;
    default:
      throw new Error(`The preview does not draw ${block.type}`);
  }
}

function text(element: unknown): string {
  const { type = '', text: told = '' } = (element ?? {}) as { type?: string; text?: string };
  return type === 'mrkdwn' ? mrkdwnHtml(told) : escapeHtml(told);
}

interface Control {
  type: string;
  text?: { text: string };
  style?: string;
  placeholder?: { text: string };
  option_groups?: readonly { label: { text: string }; options: readonly { text: { text: string } }[] }[];
}

function control(element: unknown): string {
  const { type, text: label, style, placeholder, option_groups: groups = [] } = element as Control;
  if (type === 'button')
    return `<span class="button ${escapeHtml(style ?? '')}">${escapeHtml(label?.text ?? '')}</span>`;
  if (type === 'plain_text_input') return '<span class="typed"></span>';
  if (type === 'users_select' || type === 'static_select') {
    const options = groups.reduce((sum, group) => sum + group.options.length, 0);
    return `<span class="select" data-options="${options}">${escapeHtml(placeholder?.text ?? '')} ▾</span>`;
  }
  throw new Error(`The preview does not draw ${type}`);
}

function picture(block: Extract<KnownBlock, { type: 'image' }>, { pictures = {} }: PreviewOptions): string {
  const title = block.title ? `<div class="title">${escapeHtml(block.title.text)}</div>` : '';
  const id = 'slack_file' in block && 'id' in block.slack_file ? block.slack_file.id : '';
  const data = pictures[id ?? ''];
  if (data?.startsWith('data:image/'))
    return `${title}<img alt="${escapeHtml(block.alt_text)}" src="${escapeHtml(data)}">`;
  return `${title}<div class="noimage">${escapeHtml(block.alt_text)}</div>`;
}

interface Rich {
  type: string;
  elements?: readonly { text?: string }[];
}

function richText(element: unknown): string {
  const { type, elements = [] } = element as Rich;
  const told = elements.map((each) => escapeHtml(each.text ?? '')).join('');
  return type === 'rich_text_preformatted' ? `<pre>${told}</pre>` : `<div>${told}</div>`;
}

function table(
  rows: readonly (readonly unknown[])[],
  columns: readonly { align?: string; is_wrapped?: boolean }[],
): string {
  const cell = (value: unknown, at: number, tag: string) => {
    const { align = 'left', is_wrapped: wrapped = false } = columns[at] ?? {};
    return `<${tag} class="${escapeHtml(align)}${wrapped ? ' wrapped' : ''}">${escapeHtml((value as { text?: string }).text ?? '')}</${tag}>`;
  };
  const line = (row: readonly unknown[], tag: string) =>
    `<tr>${row.map((value, at) => cell(value, at, tag)).join('')}</tr>`;
  return `<table>${rows.map((row, at) => line(row, at === 0 ? 'th' : 'td')).join('')}</table>`;
}
