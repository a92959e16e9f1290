import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import { BUILT_IN_FOLDER } from '../ingestion/collection.ts';

/** Where that folder stands in the product, as links from its root say it. */
const FOLDER_IN_PRODUCT = 'knowledge/runbooks';

/** A heading of a runbook that a link can open. */
export interface RunbookHeading {
  /** As GitHub makes it of the text. */
  anchor: string;
  text: string;
  /** 1 for the title. */
  depth: number;
}

/** Names of the built-in runbooks, in alphabetical order. */
export function builtInRunbooks(): string[] {
  return readdirSync(BUILT_IN_FOLDER)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}

const known = new Map<string, readonly RunbookHeading[]>();

/** The headings of a built-in runbook; none when there is no such runbook. */
export function headingsOf(runbook: string): readonly RunbookHeading[] {
  const before = known.get(runbook);
  if (before) return before;
  const file = path.join(BUILT_IN_FOLDER, `${path.basename(runbook)}.md`);
  const headings = existsSync(file) ? readHeadings(readFileSync(file, 'utf8')) : [];
  known.set(runbook, headings);
  return headings;
}

/**
 * The link that opens a section of a built-in runbook.
 *
 * @param base address under which the product's files are shown, without a slash at its end; null: the path in the product
 */
export function runbookUrl(runbook: string, anchor: string, base: string | null): string {
  const place = `${FOLDER_IN_PRODUCT}/${runbook}.md${anchor === '' ? '' : `#${anchor}`}`;
  return base === null ? place : `${base}/${place}`;
}

function readHeadings(text: string): RunbookHeading[] {
  const slugger = new GithubSlugger();
  const headings: RunbookHeading[] = [];
  let fenced = false;
  for (const line of text.split('\n')) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    const [, marks, heading] = fenced ? [] : (/^(#{1,6})\s+(.+?)\s*$/.exec(line) ?? []);
    if (marks && heading) headings.push({ anchor: slugger.slug(heading), text: heading, depth: marks.length });
  }
  return headings;
}
