import { beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../tools/evidence/evidence.ts';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { EvidenceBook } from '../evidence-book.ts';
import { type DemoCase, demoCase } from '../fixtures/demo-case.ts';
import { checkCitations } from './check-citations.ts';

let demo: DemoCase;

beforeAll(async () => {
  demo = await demoCase('failed-run');
});

/** What the gate says of one piece of evidence that stands alone in a book. */
async function fails(evidence: Evidence): Promise<boolean> {
  const book = new EvidenceBook();
  const id = book.cite(evidence);
  return (await checkCitations(demo.platform, book)).has(id);
}

describe('citations of the bundled failed run', () => {
  it('all resolve as they were read', async () => {
    expect(demo.book.cited().length).toBeGreaterThan(10);
    expect([...(await checkCitations(demo.platform, demo.book))]).toEqual([]);
  });

  it('fail, each of them, when one byte of the excerpt is changed', async () => {
    const book = new EvidenceBook();
    for (const { evidence } of demo.book.cited()) {
      const at = Math.floor(evidence.excerpt.length / 2);
      const other = evidence.excerpt[at] === 'x' ? 'y' : 'x';
      book.cite({ ...evidence, excerpt: evidence.excerpt.slice(0, at) + other + evidence.excerpt.slice(at + 1) });
    }
    expect((await checkCitations(demo.platform, book)).size).toBe(demo.book.cited().length);
  });

  it('fail when the line, the source or the host is another one', async () => {
    const kernel = demo.book.cited().find(({ evidence }) => evidence.provenance === 'kernel')?.evidence as Evidence;
    expect(await fails(kernel)).toBe(false);
    expect(await fails({ ...kernel, fromLine: kernel.fromLine + 500, toLine: kernel.toLine + 500 })).toBe(true);
    expect(await fails({ ...kernel, source: kernel.source.replace('bd-node12', 'bd-node11') })).toBe(true);
    expect(await fails({ ...kernel, source: `${kernel.source}.gz` })).toBe(true);
    expect(await fails({ ...kernel, fromLine: 0, toLine: 0 })).toBe(true);
  });

  it('fail for an empty excerpt and for the asker’s words', async () => {
    const [first] = demo.book.cited();
    const evidence = first?.evidence as Evidence;
    expect(await fails({ ...evidence, excerpt: '' })).toBe(true);
    expect(await fails({ ...evidence, source: 'question', fromLine: 1, toLine: 1 })).toBe(true);
  });

  it('hold when a span is masked, and only there', async () => {
    const evidence = demo.book.cited().find(({ evidence: { excerpt } }) => /container_/.test(excerpt))
      ?.evidence as Evidence;
    const masked = evidence.excerpt.replace(
      /container_\w+/,
      maskSecrets('password=hunter2secret').slice('password='.length),
    );
    expect(masked).toContain('‹masked›');
    expect(await fails({ ...evidence, excerpt: masked })).toBe(false);
    expect(await fails({ ...evidence, excerpt: `${masked}!` })).toBe(true);
  });
});
