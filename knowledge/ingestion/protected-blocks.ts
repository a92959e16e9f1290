/** A stretch of a section. */
export interface Block {
  text: string;
  /** A code block or a table: cut only when it must be, and between lines only. */
  whole: boolean;
}

/** A section's text as paragraphs and code blocks or tables, in order. */
export function protectedBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { lines: string[]; kind: 'prose' | 'code' | 'table' } = { lines: [], kind: 'prose' };
  let fence = '';
  const start = (kind: 'prose' | 'code' | 'table') => {
    const joined = open.lines.join('\n').replace(/^\n+|\n+$/g, '');
    if (joined.trim() !== '') blocks.push({ text: joined, whole: open.kind !== 'prose' });
    open = { lines: [], kind };
  };
  for (const line of text.split('\n')) {
    if (fence !== '') {
      open.lines.push(line);
      if (line.trimEnd() === fence) {
        fence = '';
        start('prose');
      }
      continue;
    }
    const ticks = /^`{3,}/.exec(line)?.[0];
    if (ticks !== undefined) {
      start('code');
      fence = ticks;
    } else if (line.startsWith('|')) {
      if (open.kind !== 'table') start('table');
    } else if (open.kind === 'table' || (line.trim() === '' && open.lines.length > 0)) start('prose');
    open.lines.push(line);
  }
  start('prose');
  return blocks;
}
