import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The tree of a text in Markdown as GitHub reads it (tables, task lists, bare links). */
export function markdownTree(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** Whether a tree is nested no deeper than `most`; walks without recursion. */
export function isShallow(root: { children?: unknown }, most: number): boolean {
  const waiting: { node: unknown; depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.depth > most) return false;
    const { children } = next.node as { children?: readonly unknown[] };
    for (const child of children ?? []) waiting.push({ node: child, depth: next.depth + 1 });
  }
  return true;
}
