import { escapeHtml as html } from '../../../bot/render/escape-html.ts';

/** One column: its heading and class; `n` is for figures. */
export interface HtmlColumn {
  name: string;
  className?: string;
}

/**
 * A table that scrolls in itself when the page is narrow. Cells are HTML that is ready, the first one is the row's heading.
 *
 * @param className `stack`: for sentences, whose cells stand below one another on a phone
 */
export function htmlTable(
  columns: readonly HtmlColumn[],
  rows: readonly (readonly string[])[],
  className = '',
): string {
  const of = (at: number) => (columns[at]?.className ? ` class="${columns[at]?.className}"` : '');
  // On a phone the cells of a stacked row stand below one another, without the head: each then says what it is.
  const nameOf = (at: number) => (className === 'stack' ? ` data-name="${html(columns[at]?.name ?? '')}"` : '');
  const head = columns.map(({ name }, at) => `<th scope="col"${of(at)}>${html(name)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0 ? `<th scope="row"${of(at)}>${cell}</th>` : `<td${of(at)}${nameOf(at)}>${cell}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  const named = className === '' ? '' : ` class="${className}"`;
  return `<div class="scroll"><table${named}><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
