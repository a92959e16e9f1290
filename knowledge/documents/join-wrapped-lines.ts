/**
 * A line narrower than this is no full line of a column, but an item of a slide; widths count a Han character as two. A column of
 * a page in two columns holds about 20 characters.
 */
const FULL_WIDTH = 34;
/** Chinese is broken after any character: a full line lacks at most a mark or two of its neighbours' width. */
const SLACK = 3;

/**
 * Puts lines of Chinese together that a page broke for want of room: `写明当` / `前用量` is one word to a reader, and none
 * to a search. Only full lines are joined, so that the items of a list stay apart; lines of Latin text are left, since a
 * line end separates words there.
 */
export function joinWrappedLines(text: string): string {
  const lines = text.split('\n');
  const widths = lines.map(widthOf);
  let joined = lines[0] ?? '';
  for (let at = 1; at < lines.length; at++) {
    const before = lines[at - 1] ?? '';
    const line = lines[at] ?? '';
    const widest = Math.max(...widths.slice(Math.max(0, at - 3), at + 2));
    const full = (widths[at - 1] ?? 0) >= Math.max(FULL_WIDTH, widest - SLACK);
    joined += (full && endsOpen(before) && /^\p{Script=Han}/u.test(line) ? '' : '\n') + line;
  }
  return joined;
}

function endsOpen(line: string): boolean {
  return /[\p{Script=Han}，、（《“]$/u.test(line);
}

function widthOf(line: string): number {
  let width = 0;
  for (const character of line)
    width += /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]/.test(character) ? 2 : 1;
  return width;
}
