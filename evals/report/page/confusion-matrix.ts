import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import type { ConfusionCell } from '../../statistics/confusion-table.ts';

/** The strongest and the faintest shade, in per cent of the colour: words on it keep their contrast. */
const STRONGEST = 36;
const FAINTEST = 10;

/**
 * What was expected by what was given, with what is right on the diagonal. Shade and outline repeat what the figures and places say.
 *
 * @param order names that come first, in this order; others follow by name
 */
export function confusionMatrix(cells: readonly ConfusionCell[], order: readonly string[] = []): string {
  const sorted = (names: readonly string[]) =>
    [...new Set(names)].sort((a, b) => place(a, order) - place(b, order) || (a < b ? -1 : 1));
  const rows = sorted(cells.map(({ expected }) => expected));
  // The order of the rows, then what was never expected: so that what is right lies on the diagonal.
  const columns = [...rows, ...sorted(cells.map(({ given }) => given)).filter((name) => !rows.includes(name))];
  const body = rows.map((row) => {
    const own = cells.filter(({ expected }) => expected === row);
    const all = own.reduce((sum, { count }) => sum + count, 0);
    const shown = columns.map((column) => {
      const count = own.find(({ given }) => given === column)?.count ?? 0;
      return count === 0 ? '<td class="none">·</td>' : filled(count, all, row, column);
    });
    return `<tr><th scope="row">${html(row)}</th>${shown.join('')}<td class="n">${all}</td></tr>`;
  });
  const head = columns.map((column) => `<th scope="col"><span class="turned">${html(column)}</span></th>`);
  return `<div class="scroll"><table class="matrix"><thead><tr><th scope="col">expected ↓ given →</th>${head.join('')}<th scope="col"><span class="turned">all</span></th></tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

function filled(count: number, all: number, row: string, column: string): string {
  const heat = (FAINTEST + (STRONGEST - FAINTEST) * (count / all)).toFixed(0);
  const words = `${count} of ${all}: expected ${row}, given ${column}`;
  return `<td class="${row === column ? 'hit' : 'miss'}" style="--heat:${heat}%" title="${html(words)}">${count}</td>`;
}

function place(name: string, order: readonly string[]): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}
