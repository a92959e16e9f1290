import type { Reply } from '../conversation/thread.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { citationsOf } from './chain-lines.ts';
import { LABELS } from './labels.ts';
import { renderTerminal, type TerminalOptions } from './terminal.ts';
import { visibleText } from './visible-text.ts';
import { cutToWidth, wrapText } from './wrap-text.ts';

/**
 * One reply of a conversation as text for a terminal: what is said, where the evidence behind it stands, the diagnosis it gives.
 *
 * @param diagnosis the one the reply gives, in its language
 * @param evidence what the conversation has cited so far
 */
export function renderReply(
  reply: Reply,
  diagnosis: Diagnosis | null,
  evidence: Diagnosis['evidence'],
  options: TerminalOptions = {},
): string {
  const columns = Math.max(40, options.columns ?? 80);
  const lines = reply.text === '' ? [] : reply.text.split('\n').flatMap((line) => wrapped(line, columns));
  if (diagnosis) return [...lines, ...(lines.length > 0 ? [''] : []), renderTerminal(diagnosis, options)].join('\n');
  // Shown evidence has its place beside it already.
  const cited = reply.kind === 'evidence' || reply.kind === 'where_time_went' ? [] : reply.evidence;
  const { language } = reply;
  for (const { ids, where } of placesOf(cited, evidence))
    lines.push(cutToWidth(`  [${ids.join(' ')}] ${visibleText(where)}`, columns));
  for (const { id, title, url } of reply.passages)
    lines.push(...wrapped(`  ${id}  ${title}${LABELS[language].colon}${url}`, columns));
  return `${lines.join('\n')}\n`;
}

function placesOf(ids: readonly string[], evidence: Diagnosis['evidence']) {
  return citationsOf({ evidence }, ids);
}

/** A line keeps its indentation when it is wrapped. */
function wrapped(line: string, columns: number): string[] {
  const indent = /^ {0,12}/.exec(line)?.[0] ?? '';
  const hang = /^\s*- /.test(line) ? `${indent}  ` : indent;
  const shown = visibleText(line.slice(indent.length));
  // A table is no running text.
  if (/ {3}|█/.test(shown)) return [cutToWidth(indent + shown, columns)];
  return wrapText(shown, columns - hang.length).map((piece, at) => (at === 0 ? indent : hang) + piece);
}
