import type { List, Nodes, Table } from 'mdast';
import type { RawHtml } from './raw-html.ts';

/**
 * A block of Markdown as a reader sees it: no emphasis marks, no link targets, no image descriptions; lists keep their
 * marks, code its fence and tables their bars, so that they can be read and be kept in one piece.
 */
export function plainBlock(node: Nodes, html: RawHtml): string {
  switch (node.type) {
    case 'code':
      return html.through(fenced(node.value, node.lang ?? ''));
    case 'table':
      return tableText(node, html);
    case 'list':
      return listText(node, html);
    case 'html':
      return html
        .take(node.value)
        .replace(/[ \t]+/g, ' ')
        .replace(/\n\s*\n\s*/g, '\n')
        .trim();
    case 'thematicBreak':
    case 'definition':
    case 'yaml':
      return '';
    case 'blockquote':
    case 'footnoteDefinition':
    case 'root':
    case 'listItem':
      return blocks(node.children, html);
    default:
      return inline(node, html).trim();
  }
}

/** Blocks under each other, those without text left out. */
export function blocks(nodes: readonly Nodes[], html: RawHtml): string {
  return nodes
    .map((node) => plainBlock(node, html))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The text of a run of words, raw HTML between them applied. */
export function inline(node: Nodes, html: RawHtml): string {
  if (node.type === 'html') return html.take(node.value);
  if (node.type === 'break') return html.through('\n');
  if (node.type === 'text' || node.type === 'inlineCode') return html.through(flowing(node.value));
  return 'children' in node ? node.children.map((child) => inline(child, html)).join('') : '';
}

/** Lines of one paragraph run on: with a blank between words, with nothing between Chinese characters. */
function flowing(text: string): string {
  return text
    .replace(/(?<=[\p{Script=Han}，。、；：（）《》“”！？])\n(?=[\p{Script=Han}（《“])/gu, '')
    .replaceAll('\n', ' ');
}

function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+-]/g, '')}\n${code}\n${fence}`;
}

function listText(list: List, html: RawHtml): string {
  const first = list.start ?? 1;
  return list.children
    .map((item, at) => {
      const text = blocks(item.children, html).replace(/\n{2,}/g, '\n');
      const mark = list.ordered ? `${first + at}. ` : '- ';
      return text === '' ? '' : mark + text.replaceAll('\n', `\n${' '.repeat(mark.length)}`);
    })
    .filter((text) => text !== '')
    .join('\n');
}

function tableText(table: Table, html: RawHtml): string {
  const rows = table.children.map((row) =>
    row.children.map((cell) => inline(cell, html).replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')),
  );
  const lines = rows.filter((cells) => cells.some((cell) => cell !== '')).map((cells) => `| ${cells.join(' | ')} |`);
  const [head] = lines;
  if (head === undefined) return '';
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 1)}`, ...lines.slice(1)].join('\n');
}
