import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import type { ReadDocument } from './document.ts';
import type { DocumentLimits } from './limits.ts';
import { isShallow } from './markdown-tree.ts';
import { emptyMeta, titleIn } from './read-front-matter.ts';
import { sectionsOf } from './sections-of.ts';
import { visibleHtml } from './visible-html.ts';
import { withoutInvisible } from './without-invisible.ts';

/** Reads a page of HTML as a reader of it would: without menus, scripts and hidden text, along its headings. */
export function readHtml(
  text: string,
  limits: DocumentLimits,
  audience: readonly string[] = ['everyone'],
): ReadDocument {
  const page = fromHtml(text);
  if (!isShallow(page, limits.depth)) return { failed: `nested more than ${limits.depth} levels deep` };
  const { root, title, hiddenChars } = visibleHtml(page);
  const tree = toMdast(root, { document: true });
  if (tree.type !== 'root') return { failed: 'no page of HTML' };
  const cut = sectionsOf(tree, limits);
  const name = withoutInvisible(title ?? cut.firstHeading ?? '')
    .trim()
    .slice(0, 300);
  return {
    document: {
      format: 'html',
      meta: { ...emptyMeta(audience), ...(name === '' ? {} : { title: titleIn(name) }) },
      sections: cut.sections,
      notes: [...(hiddenChars > 0 ? [`hidden text was left out: ${hiddenChars} characters`] : []), ...cut.notes],
    },
  };
}
