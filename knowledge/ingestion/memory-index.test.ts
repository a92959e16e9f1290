import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { builtInChunks } from './built-in-chunks.ts';
import { idsFor } from './index-fixture.ts';
import { memoryIndex } from './memory-index.ts';
import { countAll } from './term-counts.ts';

it('the built-in runbooks are searched in memory, in English and Chinese, with the counts of their terms', async () => {
  const chunks = await builtInChunks();
  expect(new Set(chunks.map(({ collection }) => collection))).toEqual(new Set(['built-in']));
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length);
  for (const { url } of chunks) expect(existsSync(path.resolve(url.split('#')[0] ?? ''))).toBe(true);
  const index = await memoryIndex(chunks);
  expect(index.chunks).toBe(chunks.length);
  const found = [...(await idsFor(index, 'memoryOverhead')), ...(await idsFor(index, '容器'))];
  expect(found.some((id) => id.startsWith('built-in/memory-container-physical-limit.md#'))).toBe(true);
  expect([...(await index.termFrequencies())].sort()).toEqual([...(await countAll(index.table))].sort());
  index.close();
});

it('an index of nothing answers with nothing', async () => {
  const index = await memoryIndex([]);
  expect(await idsFor(index, 'memory')).toEqual([]);
  index.close();
});
