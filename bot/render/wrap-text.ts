import stringWidth from 'string-width';

/** Breaks one text into lines of at most `columns` cells; Han characters take two cells and break anywhere. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  const endLine = () => {
    lines.push(line.trimEnd());
    line = '';
    width = 0;
  };
  for (const piece of pieces(text)) {
    if (width > 0 && width + stringWidth(piece.trimEnd()) > columns) endLine();
    if (width === 0 && piece.trim() === '') continue;
    for (const part of cutWord(piece, columns)) {
      const partWidth = stringWidth(part);
      if (width > 0 && width + stringWidth(part.trimEnd()) > columns) endLine();
      line += part;
      width += partWidth;
    }
  }
  if (line.trim() !== '' || lines.length === 0) endLine();
  return lines;
}

/** What no line may begin with, and what no line may end with. */
const CLOSING = '，。、；：！？）」』】》”％,.;:!?)\\]}%';
const OPENING = '（「『【《“(\\[{';
const HAN = '\\u2e80-\\u2fff\\u3000-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef';
const UNITS = '(?:%|ms|s|min|h|B|KB|MB|GB|TB|KiB|MiB|GiB|TiB|秒|分|小时|毫秒)';

/** One unbreakable piece: a figure with its unit, a word, or a Han character, with the marks that cling to it and a space. */
const PIECE = new RegExp(
  `[${OPENING}]{0,8}(?:\\d[\\d.,:]{0,20} ${UNITS}(?![A-Za-z])|[^\\s${HAN}]+|[${HAN}])[${CLOSING}]{0,8} ?| `,
  'gu',
);

function pieces(text: string): string[] {
  return text.replace(/\s+/g, ' ').match(PIECE) ?? [];
}

/** A word wider than the line is cut, at a joint of the id where there is one. */
function cutWord(word: string, columns: number): string[] {
  const parts: string[] = [];
  let rest = word;
  for (;;) {
    const head = headOf(rest, columns);
    if (rest.slice(head.length).trim() === '') return [...parts, rest];
    const joint = Math.max(...['/', '_', '.', '-', ',', '='].map((sign) => head.lastIndexOf(sign))) + 1;
    const cut = joint > head.length / 2 ? joint : head.length;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
}

/** The longest beginning of at most `columns` cells; never empty, never half a character. */
function headOf(text: string, columns: number): string {
  let head = '';
  let width = 0;
  for (const sign of text) {
    width += stringWidth(sign);
    if (width > columns && head !== '') break;
    head += sign;
  }
  return head;
}

/** One line of at most `columns` cells: what does not fit is left out in the middle, where a path says least. */
export function cutToWidth(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const tail = [...text].slice(-Math.floor(columns * 0.6));
  while (stringWidth(tail.join('')) > columns * 0.6) tail.shift();
  const end = tail.join('');
  return `${headOf(text, Math.max(1, columns - 1 - stringWidth(end)))}…${end}`;
}
