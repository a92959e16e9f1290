import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type IndexFixture, idsFor, indexFixture } from './index-fixture.ts';
import { updateIndex } from './index-writer.ts';
import { openIndex } from './open-index.ts';

const FIXTURES = path.join(import.meta.dirname, '..', 'documents', 'fixtures');

let fixture: IndexFixture;
beforeEach(() => {
  fixture = indexFixture();
});
afterEach(() => fixture.clean());

it('a word of a PDF is found with its page, in Chinese and English, also one that a line end had torn', async () => {
  for (const name of ['columns-writer', 'radicals-chromium', 'encrypted-writer'])
    fixture.write({ [`${name}.pdf`]: readFileSync(path.join(FIXTURES, `${name}.pdf`)) });
  const { failed } = await updateIndex(fixture.options);
  expect(failed).toEqual([{ documentId: 'team/encrypted-writer.pdf', text: expect.stringMatching(/encrypted/) }]);
  const index = await openIndex(fixture.options.location);
  expect(await idsFor(index, '手册 风险')).toEqual(['team/radicals-chromium.pdf#0']);
  expect(await idsFor(index, '鬼龟')).toEqual(['team/radicals-chromium.pdf#1']);
  expect(await idsFor(index, 'buffers 宽限')).toEqual(['team/columns-writer.pdf#0']);
  const [row] = await index.table.query().where("id = 'team/radicals-chromium.pdf#1'").toArray();
  expect([row.page, row.section, row.url.endsWith('radicals-chromium.pdf#page=2')]).toEqual([2, 'page=2', true]);
  index.close();
});
