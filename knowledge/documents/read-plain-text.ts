import GithubSlugger from 'github-slugger';
import type { ReadDocument, Section } from './document.ts';
import type { DocumentLimits } from './limits.ts';
import { readFrontMatter, titleIn } from './read-front-matter.ts';
import { withoutInvisible } from './without-invisible.ts';

/** A line under a heading: at least three times the same mark. */
const UNDERLINE = /^(?:={3,}|-{3,}|~{3,}|\*{3,}|#{3,})[ \t]*$/;
/** `2.1 Check the queue`, `第三章 扩容`, `三、处理步骤`, standing alone between empty lines. */
const NUMBERED =
  /^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)、．]?[ \t]+\S|第[一二三四五六七八九十百\d]{1,4}[章节部分篇][ \t:：]*\S|[一二三四五六七八九十]{1,3}、\S)/;

/** Reads plain text: along underlined or numbered headings where it has them, else as one section. */
export function readPlainText(written: string, limits: DocumentLimits, audience?: readonly string[]): ReadDocument {
  const { meta, body, notes, refused } = readFrontMatter(written, audience);
  if (refused !== null) return { failed: refused };
  let text = withoutInvisible(body);
  if (text.length > limits.textChars) {
    notes.push(`only the first ${limits.textChars} characters are read`);
    text = text.slice(0, limits.textChars);
  }
  const lines = text.split('\n');
  const slugs = new GithubSlugger();
  const sections: Section[] = [];
  let open: { heading: string | null; lines: string[] } = { heading: null, lines: [] };
  let title: string | null = null;
  const close = () => {
    const content = open.lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    if (content === '' && open.heading === null) return;
    const headingPath = open.heading === null ? [] : [open.heading];
    sections.push({
      anchor: open.heading === null ? '' : slugs.slug(open.heading),
      headingPath,
      page: null,
      text: content,
    });
  };
  for (let at = 0; at < lines.length; at++) {
    const heading = headingAt(lines, at);
    if (heading === null || sections.length >= limits.sections) {
      open.lines.push(lines[at] ?? '');
      continue;
    }
    close();
    if (title === null && open.heading === null && sections.length === 0 && heading.underlined) title = heading.text;
    open = { heading: heading.text, lines: [] };
    if (heading.underlined) at++;
  }
  close();
  const untitled = meta.title.en === null && meta.title.zh === null;
  return {
    document: {
      format: 'text',
      meta: { ...meta, title: untitled && title !== null ? titleIn(title) : meta.title },
      sections,
      notes,
    },
  };
}

function headingAt(lines: readonly string[], at: number): { text: string; underlined: boolean } | null {
  const line = (lines[at] ?? '').trim();
  if (line === '' || line.length > 80 || (lines[at - 1] ?? '').trim() !== '') return null;
  const below = (lines[at + 1] ?? '').trim();
  if (UNDERLINE.test(below) && !UNDERLINE.test(line)) return { text: line, underlined: true };
  return NUMBERED.test(line) && below === '' && !/[.。;；,，]$/.test(line) ? { text: line, underlined: false } : null;
}
