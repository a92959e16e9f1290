import { decodeText } from './decode-text.ts';
import type { DocumentFormat, ReadDocument } from './document.ts';
import { DOCUMENT_LIMITS, type DocumentLimits } from './limits.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';

const BY_ENDING: Readonly<Record<string, DocumentFormat>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  txt: 'text',
  text: 'text',
};

/** What reads a file of this name; null: nothing does. */
export function formatOf(name: string): DocumentFormat | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? null) : null;
}

/**
 * Reads one document by the ending of its name. Nothing is thrown for what a document may hold; a document that cannot be
 * read is `failed` with one sentence. The time is bounded by the sizes of `limits` for ordinary texts only: who reads
 * documents of strangers does it in a thread that can be ended (`knowledge/ingestion/document-readers.ts`).
 *
 * @param audience who may read it when it does not say
 */
export async function readDocument(
  bytes: Uint8Array,
  name: string,
  limits: DocumentLimits = DOCUMENT_LIMITS,
  audience: readonly string[] = ['everyone'],
): Promise<ReadDocument> {
  const format = formatOf(name);
  if (format === null) return { failed: 'no format that is read: Markdown, HTML, PDF or plain text' };
  if (bytes.length === 0) return { failed: 'the file is empty' };
  if (bytes.length > limits.fileBytes)
    return { failed: `the file is larger than ${Math.floor(limits.fileBytes / 2 ** 20)} MiB` };
  try {
    if (format === 'pdf') {
      // Loaded when the first PDF comes: PDF.js is large, and most folders and every search do without.
      const { readPdf } = await import('./read-pdf.ts');
      return await readPdf(bytes, limits, audience);
    }
    const decoded = decodeText(bytes);
    if (decoded === null) return { failed: 'the file is no text: neither UTF-8, UTF-16 with its mark nor GB18030' };
    const text = decoded.text.replace(/\r\n?/g, '\n');
    const read = { markdown: readMarkdown, html: readHtml, text: readPlainText }[format];
    return read(text, limits, audience);
  } catch (error) {
    // Parsers walk by recursion: a text nested without end ends here.
    if (error instanceof RangeError) return { failed: 'nested too deep to be read' };
    return { failed: `cannot be read: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown error'}` };
  }
}
