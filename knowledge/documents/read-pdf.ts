import { PasswordException, PDFParse } from 'pdf-parse';
import type { ReadDocument, Section } from './document.ts';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import type { DocumentLimits } from './limits.ts';
import { plainRadicals } from './plain-radicals.ts';
import { emptyMeta, titleIn } from './read-front-matter.ts';
import { withoutInvisible } from './without-invisible.ts';

/** A page with less text than this is a slide; its first line is the title of the slide. */
const SLIDE_CHARS = 1_500;
const TITLE_CHARS = 80;

/**
 * Reads a PDF, one section a page; the anchor opens the page in a browser (`#page=3`). A slide's first line is its
 * heading. Pages without text (scans, pictures) are notes, and so is a document of nothing else.
 */
export async function readPdf(
  bytes: Uint8Array,
  limits: DocumentLimits,
  audience: readonly string[] = ['everyone'],
): Promise<ReadDocument> {
  // PDF.js takes the memory it is given away from the caller. Errors only: it warns about every odd font.
  const parser = new PDFParse({ data: bytes.slice(), verbosity: 0, isEvalSupported: false, stopAtErrors: false });
  try {
    const { total, pages } = await parser.getText({ first: limits.pages, pageJoiner: '' });
    const { info } = await parser.getInfo();
    const notes: string[] = [];
    if (total > limits.pages) notes.push(`only the first ${limits.pages} of ${total} pages are read`);
    const texts = withoutRunningLines(pages.map(({ text }) => pageText(text)));
    const sections: Section[] = [];
    const empty: number[] = [];
    let chars = 0;
    for (const [at, text] of texts.entries()) {
      const page = pages[at]?.num ?? at + 1;
      if (text === '') {
        empty.push(page);
        continue;
      }
      chars += text.length;
      if (chars > limits.textChars || sections.length >= limits.sections) {
        notes.push(`only the first ${page - 1} pages are read: more text than is kept of one document`);
        break;
      }
      const heading = slideTitle(text);
      sections.push({
        anchor: `page=${page}`,
        headingPath: heading === null ? [] : [heading],
        page,
        text: joinWrappedLines(text),
      });
    }
    if (empty.length > 0) notes.push(`no text, a picture or a scan perhaps: ${pagesInWords(empty)}`);
    if (sections.length === 0) return { failed: 'holds no text: pictures or scans only' };
    const title = plainRadicals(withoutInvisible(wordOf(info, 'Title')))
      .trim()
      .slice(0, 300);
    const meta = { ...emptyMeta(audience), ...(isTitle(title) ? { title: titleIn(title) } : {}) };
    return { document: { format: 'pdf', meta, sections, notes } };
  } catch (error) {
    return { failed: whyNot(error) };
  } finally {
    await parser.destroy().catch(() => undefined);
  }
}

function whyNot(error: unknown): string {
  if (error instanceof PasswordException) return 'the PDF is encrypted: a password is needed to read it';
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  return `the PDF is broken or cut off: ${message.slice(0, 200)}`;
}

function pageText(text: string): string {
  return plainRadicals(withoutInvisible(text))
    .replace(/[ \t]*\t[ \t]*/g, ' ')
    .replace(/ +\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Leaves out the first and last lines that most pages share: the running head, the foot, the page number. */
function withoutRunningLines(pages: string[]): string[] {
  if (pages.length < 4) return pages;
  const counts = new Map<string, number>();
  const key = (line: string) => line.trim().replace(/\d+/g, '#');
  for (const page of pages) {
    const lines = page.split('\n');
    for (const line of new Set([lines[0] ?? '', lines.at(-1) ?? ''].map(key)))
      counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const running = (line: string | undefined) =>
    line !== undefined && line.length <= 120 && (counts.get(key(line)) ?? 0) > pages.length * 0.6;
  return pages.map((page) => {
    const lines = page.split('\n');
    if (lines.length > 2 && running(lines[0])) lines.shift();
    if (lines.length > 2 && running(lines.at(-1))) lines.pop();
    return lines.join('\n').trim();
  });
}

function slideTitle(text: string): string | null {
  const [first = '', second = ''] = text.split('\n');
  const line = first.trim();
  if (text.length > SLIDE_CHARS || line.length < 2 || line.length > TITLE_CHARS || second === '') return null;
  return /[.。;；,，!！?？:：]$/.test(line) || !/\p{L}/u.test(line) ? null : line;
}

/** Producers write the file's name or their own into the title when nobody gave one. */
function isTitle(text: string): boolean {
  return (
    text.length > 2 &&
    !/\.(?:pdf|docx?|pptx?|html?|odt|odp|indd)$/i.test(text) &&
    !/^(?:untitled|microsoft |about:|file:)/i.test(text)
  );
}

function wordOf(info: unknown, name: string): string {
  const value = typeof info === 'object' && info !== null ? (info as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** `pages 2, 5–8 (5 of them)`; at most ten runs are named. */
function pagesInWords(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  const words = runs.slice(0, 10).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `page${pages.length > 1 ? 's' : ''} ${words.join(', ')}${runs.length > 10 ? ' …' : ''}${pages.length > 1 ? ` (${pages.length})` : ''}`;
}
