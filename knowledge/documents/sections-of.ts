import GithubSlugger from 'github-slugger';
import type { Root, RootContent } from 'mdast';
import type { Section } from './document.ts';
import type { DocumentLimits } from './limits.ts';
import { inline, plainBlock } from './plain-block.ts';
import { RawHtml } from './raw-html.ts';
import { withoutInvisible } from './without-invisible.ts';

/** Sections of a tree, and what was left out of it. */
export interface CutTree {
  sections: Section[];
  /** Text of the first heading of the first level; null where there is none. */
  firstHeading: string | null;
  notes: string[];
}

/** Headings of one level stand under each other in a document; a heading inside a quote or a list opens no section. */
export function sectionsOf(root: Root, limits: DocumentLimits): CutTree {
  const html = new RawHtml();
  const slugs = new GithubSlugger();
  const sections: Section[] = [];
  const notes: string[] = [];
  let path: { depth: number; text: string }[] = [];
  let open: { anchor: string; headingPath: string[]; parts: string[] } = { anchor: '', headingPath: [], parts: [] };
  let firstHeading: string | null = null;
  let chars = 0;

  const close = () => {
    const text = open.parts.join('\n\n');
    if (text !== '' || open.headingPath.length > 0)
      sections.push({ anchor: open.anchor, headingPath: open.headingPath, page: null, text });
  };
  for (const node of root.children) {
    const hiddenBefore = html.hiding;
    const text = nodeText(node, html);
    if (node.type === 'heading' && !hiddenBefore) {
      const isOpen = open.parts.length > 0 || open.headingPath.length > 0;
      if (sections.length + Number(isOpen) >= limits.sections) {
        notes.push(`only the first ${limits.sections} sections are read`);
        break;
      }
      close();
      // The anchor of a heading that consists of hidden text counts too: GitHub numbers the same ones.
      const anchor = slugs.slug(text);
      path = [...path.filter(({ depth }) => depth < node.depth), { depth: node.depth, text }].filter(
        (heading) => heading.text !== '',
      );
      if (node.depth === 1 && firstHeading === null && text !== '') firstHeading = text;
      open = { anchor, headingPath: path.map((heading) => heading.text), parts: [] };
      continue;
    }
    if (text === '') continue;
    if (chars + text.length > limits.textChars) {
      notes.push(`only the first ${limits.textChars} characters are read`);
      break;
    }
    chars += text.length;
    open.parts.push(text);
  }
  close();
  if (html.hiddenChars > 0) notes.push(`hidden text was left out: ${html.hiddenChars} characters`);
  return { sections, firstHeading, notes };
}

function nodeText(node: RootContent, html: RawHtml): string {
  if (node.type !== 'heading') return withoutInvisible(plainBlock(node, html));
  return withoutInvisible(inline(node, html)).replace(/\s+/g, ' ').trim().slice(0, 300);
}
