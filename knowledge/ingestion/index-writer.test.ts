import { chmodSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../embeddings/embedder.ts';
import { countingEmbedder, type IndexFixture, idsFor, indexFixture } from './index-fixture.ts';
import { NoIndexError } from './index-location.ts';
import { updateIndex } from './index-writer.ts';
import { openIndex } from './open-index.ts';
import { countAll } from './term-counts.ts';
import { IndexBusyError, takeWriterLock } from './writer-lock.ts';

let fixture: IndexFixture;
beforeEach(() => {
  fixture = indexFixture();
  fixture.write({ 'a.md': '# Alpha\n\naardvark 抢占容器', 'sub/b.md': '# Beta\n\nbadger', 'c.txt': 'coyote' });
});
afterEach(() => fixture.clean());

const update = (more = {}) => updateIndex({ ...fixture.options, ...more });

describe('updateIndex', () => {
  it('builds first and then writes only what changed, seen by a reader that was open all along', async () => {
    expect(await update()).toMatchObject({
      added: 3,
      changed: 0,
      unchanged: 0,
      rebuilt: 'first',
      documents: 3,
      chunks: 3,
    });
    const index = await openIndex(fixture.options.location);
    expect(await idsFor(index, '抢占')).toEqual(['team/a.md#0']);

    fixture.write({ 'a.md': '# Alpha\n\nantelope\n\n## More\n\nanteater', 'd.md': '# Delta\n\ndingo' });
    fixture.remove('c.txt');
    expect(await update()).toMatchObject({ added: 1, changed: 1, deleted: 1, unchanged: 1, rebuilt: null, chunks: 4 });
    expect(await idsFor(index, 'aardvark')).toEqual(['team/a.md#0']);
    expect(await index.refresh()).toBe(true);
    expect(index.chunks).toBe(4);
    expect(await idsFor(index, 'aardvark coyote')).toEqual([]);
    expect(await idsFor(index, 'anteater dingo badger')).toEqual(['team/a.md#1', 'team/d.md#0', 'team/sub/b.md#0']);
    expect(await index.refresh()).toBe(false);
    index.close();
  });

  it('keeps the counts of terms equal to those of a full count', async () => {
    await update();
    for (const text of ['ant ant bee', 'bee cat', '']) {
      fixture.write({ 'a.md': text === '' ? '# Alpha' : `# Alpha\n\n${text}`, 'e.md': `# E\n\n${text} more` });
      await update();
    }
    fixture.remove('sub');
    await update();
    const index = await openIndex(fixture.options.location);
    expect([...(await index.termFrequencies())].sort()).toEqual([...(await countAll(index.table))].sort());
    expect((await index.termFrequencies()).has('badger')).toBe(false);
    index.close();
  });

  it('opens no file that did not change, and reads one whose time alone changed without writing it', async () => {
    await update();
    chmodSync(path.join(fixture.docs, 'a.md'), 0o600);
    expect(await update()).toMatchObject({ unchanged: 3, changed: 0, added: 0 });
    const versions = (await openIndex(fixture.options.location)).table;
    const before = await versions.version();
    expect(await update()).toMatchObject({ unchanged: 3 });
    await versions.checkoutLatest();
    expect(await versions.version()).toBe(before);
  });

  it('reports a file that cannot be read, every time, and keeps what it held of it', async () => {
    await update();
    fixture.write({ 'a.md': new Uint8Array([1, 0, 2]), 'new.pdf': 'no pdf' });
    for (const rebuild of [false, false, true]) {
      const { failed, documents } = await update({ rebuild });
      expect(failed.map(({ documentId }) => documentId).sort()).toEqual(['team/a.md', 'team/new.pdf']);
      expect(documents).toBe(3);
      const index = await openIndex(fixture.options.location);
      expect(await idsFor(index, 'aardvark')).toEqual(['team/a.md#0']);
      index.close();
    }
    fixture.write({ 'a.md': '# Alpha\n\nrepaired' });
    expect(await update()).toMatchObject({ changed: 1, failed: [{ documentId: 'team/new.pdf' }] });
  });

  it('keeps the documents of a folder that is gone or empty, and says so', async () => {
    await update();
    renameSync(fixture.docs, `${fixture.docs}-away`);
    expect(await update()).toMatchObject({
      deleted: 0,
      documents: 3,
      problems: [expect.stringMatching(/no such folder/)],
    });
    mkdirSync(fixture.docs);
    expect(await update({ rebuild: true })).toMatchObject({
      documents: 3,
      problems: [expect.stringMatching(/no documents/)],
    });
    const index = await openIndex(fixture.options.location);
    expect(await idsFor(index, 'badger')).toEqual(['team/sub/b.md#0']);
    index.close();
    expect(await update({ collections: [] })).toMatchObject({ deleted: 3, documents: 0, chunks: 0 });
  });

  it('reads the documents again when the audience or address of their collection changes', async () => {
    await update();
    const collections = [{ name: 'team', folder: fixture.docs, audience: ['platform'], url: 'https://wiki.example/x' }];
    expect(await update({ collections })).toMatchObject({ changed: 3 });
    const index = await openIndex(fixture.options.location);
    const [row] = await index.table.query().where("documentId = 'team/sub/b.md'").toArray();
    expect(Array.from(row.audience)).toEqual(['platform']);
    expect(row.url).toBe('https://wiki.example/x/sub/b.md#beta');
    index.close();
  });

  it('follows no link out of the folder', async () => {
    writeFileSync(path.join(fixture.folder, 'secret.md'), '# Secret\n\nsalamander');
    symlinkSync(path.join(fixture.folder, 'secret.md'), path.join(fixture.docs, 'link.md'));
    symlinkSync(fixture.folder, path.join(fixture.docs, 'up'));
    symlinkSync(path.join(fixture.docs, 'a.md'), path.join(fixture.docs, 'inside.md'));
    const { documents, notes } = await update();
    expect(documents).toBe(4);
    expect(notes).toEqual([{ documentId: 'team', text: expect.stringMatching(/link\.md: a link that leads out/) }]);
  });

  it('holds names with quotes', async () => {
    fixture.write({ "it's 内存 (1).md": '# Q\n\nquokka' });
    await update();
    fixture.write({ "it's 内存 (1).md": '# Q\n\nquail' });
    expect(await update()).toMatchObject({ changed: 1, chunks: 4 });
  });
});

describe('vectors', () => {
  it('are asked for new texts only, and again for all by another model, built beside', async () => {
    const first = countingEmbedder('m1', 8);
    expect(await update({ embedder: first })).toMatchObject({ embedded: 3 });
    fixture.write({ 'a.md': '# Alpha\n\naardvark 抢占容器\n\n## New\n\nnewt' });
    expect(await update({ embedder: first })).toMatchObject({ embedded: 1, changed: 1 });
    const reader = await openIndex(fixture.options.location);
    expect(reader.embedding).toEqual({ model: 'm1', dimension: 8 });

    const second = countingEmbedder('m2', 5);
    expect(await update({ embedder: second })).toMatchObject({ embedded: 4, rebuilt: 'embeddings', unchanged: 3 });
    // The old table still answers whoever holds it.
    expect(await idsFor(reader, 'newt')).toEqual(['team/a.md#1']);
    await reader.refresh();
    expect(reader.embedding).toEqual({ model: 'm2', dimension: 5 });
    const [near] = await reader.table
      .query()
      .nearestTo((await second.embed(['Beta\nbadger']))[0] ?? [])
      .limit(1)
      .toArray();
    expect(near.id).toBe('team/sub/b.md#0');
    reader.close();
    expect(await update({ embedder: null })).toMatchObject({ rebuilt: 'embeddings', embedded: 0 });
  });

  it('that cannot be had leave the index as it is', async () => {
    await update({ embedder: countingEmbedder('m1', 8) });
    fixture.write({ 'a.md': '# Alpha\n\nchanged' });
    const other = { ...countingEmbedder('m1', 9), dimension: null };
    await expect(update({ embedder: other })).rejects.toThrow(EmbeddingError);
    const down = { ...other, model: 'm2', embed: () => Promise.reject(new EmbeddingError('down')) };
    await expect(update({ embedder: down })).rejects.toThrow('down');
    const index = await openIndex(fixture.options.location);
    expect(await idsFor(index, 'aardvark')).toEqual(['team/a.md#0']);
    expect(index.embedding?.model).toBe('m1');
    index.close();
  });
});

describe('writers and readers', () => {
  it('one writer wins, the other says so or waits', async () => {
    const lock = await takeWriterLock(fixture.options.location.uri, 0);
    await expect(update({ waitMs: 0 })).rejects.toThrow(IndexBusyError);
    setTimeout(() => lock.release(), 300);
    expect(await update({ waitMs: 10_000 })).toMatchObject({ added: 3 });
    const both = await Promise.allSettled([update({ waitMs: 0 }), update({ waitMs: 0 })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('there is no index before the first build', async () => {
    await expect(openIndex(fixture.options.location)).rejects.toThrow(NoIndexError);
  });

  it('drops tables that were replaced after the grace, and builds that never came to an end at once', async () => {
    await update();
    await update({ rebuild: true });
    const tables = () => readdirSync(fixture.options.location.uri).filter((name) => name.startsWith('chunks_'));
    expect(tables()).toHaveLength(2);
    mkdirSync(path.join(fixture.options.location.uri, 'chunks_abandoned.lance'));
    await update({ graceMs: 0 });
    expect(tables()).toHaveLength(1);
  });
});
