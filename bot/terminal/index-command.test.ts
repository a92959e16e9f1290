import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openIndex } from '../../knowledge/ingestion/open-index.ts';
import { answered } from './terminal-fixture.ts';

let folder = '';
let docs = '';
let environment: Record<string, string> = {};
// One index for all: the built-in runbooks are read once, and each test finds it as the one before left it.
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-index-command-'));
  docs = path.join(folder, 'docs');
});
beforeEach(() => {
  rmSync(docs, { recursive: true, force: true });
  mkdirSync(docs);
  environment = { WHEREFORE_RUNBOOKS: docs, WHEREFORE_INDEX: path.join(folder, 'index') };
  write('a.md', '# Alpha\n\nSee [beta](b.md#do-it).\n');
  write('b.md', '---\ncodes: [memory.spill]\n---\n# Beta\n\n## Do it\n\nback to [alpha](a.md)\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(path.join(docs, name), text);
const index = (...words: string[]) => answered(['index', ...words], { environment });

describe('wherefore index', { timeout: 120_000 }, () => {
  it('passes a check before there is an index', async () => {
    const { exitCode, out } = await index('--check');
    expect([exitCode, out]).toEqual([0, expect.stringContaining('there is no index')]);
  });

  it('builds, then refreshes, and says what it did; the built-in runbooks are in it', async () => {
    const first = JSON.parse((await index('--json')).out);
    expect(first).toMatchObject({ rebuilt: 'first', failed: [], problems: [] });
    expect(first.documents).toBeGreaterThan(2);
    write('broken.pdf', 'no pdf at all');
    write('a.md', '# Alpha\n\nother words\n');
    const { exitCode, out, err } = await index();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/is up to date: \d+ documents, \d+ passages/);
    expect(out).toMatch(/0 added, 1 changed, 0 deleted, \d+ unchanged, 1 failed, [\d.]+ s/);
    expect(out).toContain('not read: docs/broken.pdf: the PDF is broken or cut off');
    expect(err).toBe('');
  });

  it('draws a bar only where a person looks', async () => {
    const drawn = new PassThrough();
    const screen = Object.assign(drawn, { isTTY: true, columns: 80, cursorTo: () => true, clearLine: () => true });
    const { out } = await answered(['index'], { environment, progressTo: screen });
    expect(String(drawn.read())).toMatch(/reading \[/);
    expect(out).not.toMatch(/\[█|reading \[/);
  });

  it('names every wrong setting at once', async () => {
    const { exitCode, err } = await answered(['index'], {
      environment: { WHEREFORE_INDEX: 'ftp://x', WHEREFORE_EMBEDDINGS_MODEL: 'm', WHEREFORE_LANG: 'fr' },
    });
    expect(exitCode).toBe(2);
    for (const name of ['WHEREFORE_INDEX', 'WHEREFORE_EMBEDDINGS_MODEL', 'WHEREFORE_LANG']) expect(err).toContain(name);
  });

  it('asks an embedding server, and leaves the index as it was when that does not answer', async () => {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      request.on('end', () => {
        const { input } = JSON.parse(text) as { input: string[] };
        const data = input.map((one, at) => ({ index: at, embedding: [one.length, 1, 2] }));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    environment = { ...environment, WHEREFORE_EMBEDDINGS_URL: url, WHEREFORE_EMBEDDINGS_MODEL: 'm' };
    const built = JSON.parse((await index('--json')).out);
    expect(built).toMatchObject({ rebuilt: 'embeddings', failed: [] });
    expect(built.embedded).toBeGreaterThan(2);
    const open = await openIndex({ uri: path.join(folder, 'index') });
    expect(open.embedding).toEqual({ model: 'm', dimension: 3 });
    open.close();
    await new Promise((done) => server.close(done));

    write('a.md', '# Alpha\n\nnew words\n');
    environment = { ...environment, WHEREFORE_EMBEDDINGS_KEY: 'x' };
    const { exitCode, err } = await index();
    expect(exitCode).toBe(1);
    expect(err).toMatch(/the embedding server does not answer: .*; the index is as it was/);
    // And back to words only, for what follows.
    const { WHEREFORE_RUNBOOKS = '', WHEREFORE_INDEX = '' } = environment;
    environment = { WHEREFORE_RUNBOOKS, WHEREFORE_INDEX };
    expect(JSON.parse((await index('--json')).out)).toMatchObject({ rebuilt: 'embeddings', embedded: 0 });
  });
});

describe('wherefore index --check', { timeout: 120_000 }, () => {
  it('passes what is right', async () => {
    await index();
    expect(await index('--check')).toMatchObject({ exitCode: 0, out: expect.stringContaining('nothing is wrong') });
  });

  it('says each thing that is wrong, and fails', async () => {
    await index();
    write(
      'a.md',
      '---\ncodes: [no.such_code]\nreviewed: soon\n---\n# Alpha\n\n[x](gone.md) [y](b.md#gone) [z](../out.md)\n',
    );
    write('c.pdf', 'no pdf');
    write('d.md', '# Delta\n\n<p hidden>unseen</p>\n\nseen\n');
    rmSync(path.join(docs, 'b.md'));
    write('b.md', '# Beta\n');
    const { exitCode, out } = await index('--check', '--json');
    expect(exitCode).toBe(1);
    const { problems, notes } = JSON.parse(out) as Record<string, { documentId: string; text: string }[]>;
    expect(problems?.map(({ documentId, text }) => `${documentId}: ${text}`)).toEqual([
      'docs/a.md: codes not in the catalogue: no.such_code',
      'docs/a.md: reviewed: a day such as 2026-11-21 was expected',
      'docs/a.md: link to gone.md: there is no such file',
      'docs/a.md: link to b.md#gone: there is no such heading',
      'docs/a.md: link to ../out.md: leads out of the collection',
      'docs/a.md: the index has an older version of it',
      'docs/b.md: holds no text',
      'docs/c.pdf: the PDF is broken or cut off: Invalid PDF structure.',
      'docs/d.md: the index does not have it',
    ]);
    expect(notes).toContainEqual({ documentId: 'docs/d.md', text: 'hidden text was left out: 6 characters' });
  });
});
