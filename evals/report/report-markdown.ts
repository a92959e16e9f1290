import { visibleText } from '../../bot/render/visible-text.ts';
import type { Report } from './make-report.ts';
import { headLines, type ReportTable, reportTables } from './report-tables.ts';

/** The report as Markdown: the same tables, whole. */
export function reportMarkdown(report: Report): string {
  const [product = '', ...lines] = headLines(report);
  const parts = ['# Eval report', escaped(product), lines.map((line) => `- ${escaped(line)}`).join('\n')];
  return `${[...parts, ...reportTables(report).map(tableMarkdown)].join('\n\n')}\n`;
}

function tableMarkdown({ title, note, head, rows, figures }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = `|${head.map((_, at) => (figures.includes(at) ? '---:' : '---')).join('|')}|`;
  const table = [line(head), rule, ...rows.map(line)].join('\n');
  return [`## ${escaped(title)}`, ...(note === '' ? [] : [escaped(note)]), table].join('\n\n');
}

/**
 * Texts of logs and questions as text: no table is broken, no link or picture made, nobody called. What readers of Markdown make a link of
 * by themselves gets a word joiner, which is not seen: an escape is undone before they look.
 */
function escaped(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]<>#|~!&]/g, (sign) => `\\${sign}`)
    .replace(/:\/\/|@|\bwww\./gi, (mark) => `${mark.slice(0, -1)}\u2060${mark.slice(-1)}`);
}
