import type { ReadDocument } from './document.ts';
import type { DocumentLimits } from './limits.ts';
import { isShallow, markdownTree } from './markdown-tree.ts';
import { readFrontMatter, titleIn } from './read-front-matter.ts';
import { sectionsOf } from './sections-of.ts';

/** Reads a text in Markdown: front matter, then sections along its headings. Hidden text is left out and said. */
export function readMarkdown(text: string, limits: DocumentLimits, audience?: readonly string[]): ReadDocument {
  const { meta, body, notes, refused } = readFrontMatter(text, audience);
  if (refused !== null) return { failed: refused };
  const root = markdownTree(body);
  if (!isShallow(root, limits.depth)) return { failed: `nested more than ${limits.depth} levels deep` };
  const cut = sectionsOf(root, limits);
  const untitled = meta.title.en === null && meta.title.zh === null;
  const title = untitled && cut.firstHeading !== null ? titleIn(cut.firstHeading) : meta.title;
  return {
    document: { format: 'markdown', meta: { ...meta, title }, sections: cut.sections, notes: [...notes, ...cut.notes] },
  };
}
