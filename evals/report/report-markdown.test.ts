import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../bot/render/hostile-diagnosis-fixture.ts';
import { makeReport } from './make-report.ts';
import { reportMarkdown } from './report-markdown.ts';
import { madeUpResult } from './suite-result-fixture.ts';

interface Node {
  type: string;
  children?: Node[];
}
const nodes = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodes)];

describe('a report in Markdown', () => {
  it('makes of no text a link, a picture, HTML or another cell', () => {
    const result = madeUpResult([
      { given: 'kernel.global_oom' },
      { askId: `x/${HOSTILE} @everyone www.evil.example`, status: 'not_run' },
    ]);
    const text = reportMarkdown(makeReport(result, { baseline: null }));
    const parsed = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
    const all = nodes(parsed);
    const types = new Set(all.map(({ type }) => type));
    for (const type of ['link', 'image', 'html', 'linkReference', 'definition']) expect([...types]).not.toContain(type);
    for (const table of all.filter(({ type }) => type === 'table')) {
      const widths = new Set(table.children?.map((row) => row.children?.length));
      expect(widths.size).toBe(1);
    }
    expect(text).toContain('## Not run');
    expect(text).toContain('## What blocks');
  });
});
