import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered } from './terminal-fixture.ts';

// Written for this test: a page of a made-up team, and one for its platform group alone.
const PAGE = `---\ncodes: [kernel.memcg_oom]\n---\n# Reserve of the wombat pipeline\n\n## What to do\n\nThe wombat pipeline needs memoryOverhead of 3g: Arrow buffers of its Python workers.\n`;
const SECRET = `---\naudience: [platform]\n---\n# Quokka hosts\n\nThe quokka standby hosts sit in rack 12; ask for the quokka switch.\n`;

let folder = '';
let environment: Record<string, string> = {};
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  request.on('end', () => {
    const { input } = JSON.parse(text) as { input: string[] };
    const data = input.map((one, at) => ({ index: at, embedding: [one.includes('wombat') ? 1 : 0, 1, 0.1] }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
});

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-search-'));
  const docs = path.join(folder, 'docs');
  mkdirSync(docs);
  writeFileSync(path.join(docs, 'wombat.md'), PAGE);
  writeFileSync(path.join(docs, 'quokka.md'), SECRET);
  environment = { WHEREFORE_RUNBOOKS: docs, WHEREFORE_INDEX: path.join(folder, 'index') };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const search = (words: readonly string[], more: Record<string, string> = {}) =>
  answered(['search', ...words], { environment: { ...environment, ...more } });

// In this order: before there is an index, by words, by both halves, with a server that is gone.
describe('wherefore search', { timeout: 120_000 }, () => {
  it('finds the built-in runbooks before there is an index, and says that the own documents are not in it', async () => {
    const { exitCode, out, err } = await search(['container killed for exceeding memory limits']);
    expect(exitCode).toBe(0);
    expect(out).toContain('memory-container-physical-limit');
    expect(out).toContain('keyword search (no embeddings configured)');
    expect(err).toContain("the team's documents are not indexed: run wherefore index");
  });

  it('finds the own documents once they are indexed, with why; --json has the contract', async () => {
    expect((await answered(['index'], { environment })).exitCode).toBe(0);
    const { out } = await search(['wombat pipeline memoryOverhead Arrow', '--json']);
    const [first] = JSON.parse(out) as Record<string, unknown>[];
    expect(first).toMatchObject({
      runbook: 'wombat',
      section: 'what-to-do',
      codes: ['kernel.memcg_oom'],
      foundBy: ['words'],
    });
    expect(first?.matched).toContain('wombat');
    expect(String(first?.version)).toMatch(/^sha256:/);
  });

  it('shows a page of a group only to who belongs to it, by flag or by setting', async () => {
    const words = ['quokka standby switch', '--json'];
    expect((await search(words)).out).not.toContain('quokka');
    expect((await search([...words, '--audience', 'platform'])).out).toContain('rack 12');
    expect((await search(words, { WHEREFORE_AUDIENCE: 'platform' })).out).toContain('rack 12');
    expect((await search([...words, '--audience', "x']) OR array_has_any(audience, ['platform"])).out).not.toContain(
      'rack',
    );
  });

  it('says in both languages that nothing is written', async () => {
    const { exitCode, out } = await search(['食堂什么时候发新的饭卡？']);
    expect([exitCode, out]).toEqual([0, 'Nothing is written about this. / 没有相关的书面资料。\n']);
  });

  it('names every wrong flag at once', async () => {
    const { exitCode, err } = await search([
      'x',
      '--limit',
      '0',
      '--code',
      'no',
      '--area',
      'no',
      '--for-version',
      'three',
    ]);
    expect(exitCode).toBe(2);
    for (const flag of ['--limit', '--code', '--area', '--for-version']) expect(err).toContain(flag);
  });

  it('goes by words with a note where the index has vectors of no such model, by both with, by words when it is gone', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const model = { WHEREFORE_EMBEDDINGS_URL: url, WHEREFORE_EMBEDDINGS_MODEL: 'm' };
    const words = ['wombat pipeline memoryOverhead Arrow'];
    const without = await search(words, model);
    expect(without.err).toContain('the index holds no vectors of m: searched by words only');
    expect(without.out).toContain('wombat');

    expect((await answered(['index'], { environment: { ...environment, ...model } })).exitCode).toBe(0);
    const both = await search(words, model);
    expect(both.out).toContain('words and meaning');
    expect(both.out).toContain('keywords and embeddings');

    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    const gone = await search(words, model);
    expect(gone.exitCode).toBe(0);
    expect(gone.err).toMatch(/the embedding server did not answer \(.*\): searched by words only/);
    expect(gone.out).toContain('wombat');
  });
});
