import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Nodes } from 'mdast';
import { decodeText } from '../documents/decode-text.ts';
import { DOCUMENT_LIMITS } from '../documents/limits.ts';
import { isShallow, markdownTree } from '../documents/markdown-tree.ts';
import { formatOf } from '../documents/read-document.ts';
import { readFrontMatter } from '../documents/read-front-matter.ts';
import { sectionsOf } from '../documents/sections-of.ts';

/** What a check finds in the source of one document in Markdown. */
export interface SourceProblems {
  /** What is wrong with the front matter. */
  frontMatter: string[];
  /** Links to files that are not there, or to headings that they do not have. Addresses are not asked. */
  deadLinks: string[];
}

/** Reads sources for a check; remembers the headings of files that several others link to. */
export function sourceChecker(): (file: string, root: string) => Promise<SourceProblems> {
  const known = new Map<string, Promise<Source | null>>();
  const sourceOf = (file: string) => {
    const before = known.get(file) ?? readSource(file);
    known.set(file, before);
    return before;
  };
  return async (file, root) => {
    const source = await sourceOf(file);
    if (source === null) return { frontMatter: [], deadLinks: [] };
    const deadLinks: string[] = [];
    for (const link of source.links) {
      const why = await whyDead(link, file, root, sourceOf);
      if (why !== null) deadLinks.push(`link to ${link.slice(0, 200)}: ${why}`);
    }
    return { frontMatter: source.frontMatter, deadLinks };
  };
}

interface Source {
  frontMatter: string[];
  links: readonly string[];
  anchors: ReadonlySet<string>;
}

async function readSource(file: string): Promise<Source | null> {
  if (formatOf(file) !== 'markdown') return null;
  const text = decodeText(await readFile(file).catch(() => Buffer.alloc(0)))?.text;
  if (text === undefined || text.length > DOCUMENT_LIMITS.fileBytes) return null;
  const { body, notes, refused } = readFrontMatter(text.replace(/\r\n?/g, '\n'));
  const root = markdownTree(body);
  if (!isShallow(root, DOCUMENT_LIMITS.depth)) return null;
  const { sections } = sectionsOf(root, DOCUMENT_LIMITS);
  const links = new Set<string>();
  gatherLinks(root, links);
  // Anchors set by hand count as well.
  const named = [...body.matchAll(/<[a-z]+[^>]{0,500}\s(?:id|name)=["']([^"']{1,200})["']/gi)].map(
    ([, name = '']) => name,
  );
  return {
    frontMatter: [...notes, ...(refused === null ? [] : [refused])],
    links: [...links],
    anchors: new Set([...sections.map(({ anchor }) => anchor), ...named]),
  };
}

function gatherLinks(node: Nodes, into: Set<string>): void {
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition') into.add(node.url);
  if ('children' in node) for (const child of node.children) gatherLinks(child, into);
}

async function whyDead(
  link: string,
  file: string,
  root: string,
  sourceOf: (file: string) => Promise<Source | null>,
): Promise<string | null> {
  // Addresses, mail and paths from the root of a site are somebody else's.
  if (/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(link) || link === '') return null;
  const [place = '', anchor = ''] = link.split('#').map(decoded);
  const target = place === '' ? file : path.resolve(path.dirname(file), place.split('?')[0] ?? '');
  if (target !== root && !target.startsWith(root + path.sep)) return 'leads out of the collection';
  if (!existsSync(target)) return 'there is no such file';
  if (anchor === '') return null;
  const source = await sourceOf(target);
  return source === null || source.anchors.has(anchor) ? null : 'there is no such heading';
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
