import type { Element, Nodes, Root } from 'hast';
import { type Ground, hiddenSelectors, isHidden, UNSEEN_ELEMENTS } from './hidden-style.ts';

/** Parts of a page that stand around its text. */
const AROUND = new Set(['nav', 'footer', 'button', 'form', 'input']);

/** A page without what a reader does not see, and its title. */
export interface VisibleHtml {
  root: Root;
  title: string | null;
  /** Characters of hidden text that were left out; scripts, styles and menus do not count. */
  hiddenChars: number;
}

/** Takes hidden elements, comments, scripts and menus out of a page. Style sheets are read for simple selectors only. */
export function visibleHtml(root: Root): VisibleHtml {
  const sheets: string[] = [];
  let title: string | null = null;
  const gather = (node: Nodes) => {
    if (node.type === 'element' && node.tagName === 'style') sheets.push(textOf(node));
    else if (node.type === 'element' && node.tagName === 'title') title ??= textOf(node).replace(/\s+/g, ' ').trim();
    if ('children' in node) for (const child of node.children) gather(child);
  };
  gather(root);
  const selectors = hiddenSelectors(sheets.join('}'));
  let hiddenChars = 0;

  const kept = <T extends Nodes>(nodes: readonly T[], ground: Ground): T[] =>
    nodes.flatMap((node): T[] => {
      if (node.type === 'comment') {
        hiddenChars += node.value.length;
        return [];
      }
      if (node.type !== 'element') return [node];
      if (UNSEEN_ELEMENTS.has(node.tagName) || AROUND.has(node.tagName)) return [];
      const sight = isHidden(attributesOf(node), ground);
      if (sight.hidden || namesOf(node).some((name) => selectors.has(name))) {
        hiddenChars += textOf(node).trim().length;
        return [];
      }
      return [{ ...node, children: kept(node.children, sight.ground) }];
    });
  return { root: { ...root, children: kept(root.children, 'light') }, title: title || null, hiddenChars };
}

function attributesOf({ properties }: Element): Parameters<typeof isHidden>[0] {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const colour = text(properties.color);
  const background = text(properties.bgColor);
  return {
    hidden: properties.hidden !== undefined && properties.hidden !== false && properties.hidden !== null,
    ariaHidden: properties.ariaHidden === 'true' || properties.ariaHidden === true,
    style: text(properties.style) ?? '',
    ...(colour === undefined ? {} : { colour }),
    ...(background === undefined ? {} : { background }),
  };
}

function namesOf({ tagName, properties }: Element): string[] {
  const classes = Array.isArray(properties.className) ? properties.className : [];
  const id = typeof properties.id === 'string' ? [`#${properties.id}`] : [];
  return [tagName, ...classes.map((name) => `.${name}`), ...id].map((name) => name.toLowerCase());
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
