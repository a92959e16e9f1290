import stringWidth from 'string-width';

/** Breaks one text into lines of at most `columns` cells; Han characters take two cells and break anywhere. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const piece of pieces(text)) {
    const pieceWidth = stringWidth(piece);
    if (width > 0 && width + pieceWidth > columns) {
      lines.push(line.trimEnd());
      line = '';
      width = 0;
      if (piece.trim() === '') continue;
    }
    for (const part of cutWord(piece, columns)) {
      if (width > 0 && width + stringWidth(part) > columns) {
        lines.push(line.trimEnd());
        line = '';
        width = 0;
      }
      line += part;
      width += stringWidth(part);
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Words with the space behind them; each Han character for itself; long ids break behind `_`, `/`, `.`, `-` and `,`. */
function pieces(text: string): string[] {
  return (
    text
      .replace(/\s+/g, ' ')
      .match(/[\u3000-\u9fff\uff00-\uffef][,。、;:!?)」』】]?|[^\s\u3000-\u9fff\uff00-\uffef]+ ?| /g) ?? []
  );
}

/** A word wider than the line is cut, at a joint of the id where there is one. */
function cutWord(word: string, columns: number): string[] {
  if (stringWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let rest = word;
  while (stringWidth(rest) > columns) {
    const head = rest.slice(0, columns);
    const joint = Math.max(...['/', '_', '.', '-', ',', '='].map((sign) => head.lastIndexOf(sign))) + 1;
    const cut = joint > columns / 2 ? joint : columns;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}
