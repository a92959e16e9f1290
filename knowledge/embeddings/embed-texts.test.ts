import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddingSettings, embedTexts } from './embed-texts.ts';
import { EmbeddingError } from './embedder.ts';

interface Asked {
  path: string;
  key: string;
  body: { model: string; input: string[]; encoding_format: string };
}
type Answer = { status: number; body: unknown; headers?: Record<string, string> } | 'hang';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server on loopback that answers as told and notes what it was asked. */
async function serving(answer: (asked: Asked, count: number) => Answer): Promise<{ asked: Asked[]; url: string }> {
  const asked: Asked[] = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    request.on('end', () => {
      const one = { path: request.url ?? '', key: request.headers.authorization ?? '', body: JSON.parse(text) };
      asked.push(one);
      const given = answer(one, asked.length);
      if (given === 'hang') return;
      response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
      response.end(JSON.stringify(given.body));
    });
  });
  const listening = server;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  return { asked, url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/v1` };
}

const lengths = ({ body }: Asked): Answer => ({
  status: 200,
  body: { data: body.input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse() },
});
const settings = (url: string, more: Partial<EmbeddingSettings> = {}): EmbeddingSettings => ({
  url,
  model: 'test-model',
  apiKey: 'k1',
  dimension: null,
  ...more,
});

describe('embedTexts', () => {
  it('asks in batches and gives the vectors in the order of the texts, whatever order they come in', async () => {
    const { asked, url } = await serving(lengths);
    const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee'];
    expect(await embedTexts(settings(url, { batch: 2 })).embed(texts)).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
    ]);
    expect(asked.map(({ body }) => body.input.length).sort()).toEqual([1, 2, 2]);
    expect(asked[0]).toMatchObject({ path: '/v1/embeddings', key: 'Bearer k1', body: { model: 'test-model' } });
  });

  it('tries again after 429 and 500, a bounded number of times', async () => {
    const { asked, url } = await serving((one, count) =>
      count < 3 ? { status: count === 1 ? 429 : 500, body: {}, headers: { 'retry-after-ms': '5' } } : lengths(one),
    );
    expect(await embedTexts(settings(url)).embed(['a'])).toEqual([[1, 1]]);
    expect(asked).toHaveLength(3);
  });

  it('gives up with what the server said', async () => {
    const { asked, url } = await serving(() => ({
      status: 503,
      body: { error: { message: 'model is loading' } },
      headers: { 'retry-after-ms': '5' },
    }));
    await expect(embedTexts(settings(url, { retries: 2 })).embed(['a'])).rejects.toThrow(/HTTP 503.*model is loading/);
    expect(asked).toHaveLength(3);
  });

  it('does not try again when the key is wrong', async () => {
    const { asked, url } = await serving(() => ({ status: 401, body: { error: { message: 'bad key' } } }));
    await expect(embedTexts(settings(url)).embed(['a'])).rejects.toThrow(EmbeddingError);
    expect(asked).toHaveLength(1);
  });

  it('ends a request that hangs, and one that is called off', async () => {
    const { url } = await serving(() => 'hang');
    await expect(embedTexts(settings(url, { retries: 0, timeoutMs: 100 })).embed(['a'])).rejects.toThrow(
      /within 100 ms/,
    );
    const abort = new AbortController();
    const asking = embedTexts(settings(url)).embed(['a'], abort.signal);
    setTimeout(() => abort.abort(new Error('called off')), 50);
    await expect(asking).rejects.toThrow('called off');
  });

  it.each([
    ['another length than was set', 3, [[1, 2]], /2 numbers where 3/],
    [
      'two lengths',
      null,
      [
        [1, 2],
        [1, 2, 3],
      ],
      /3 numbers where 2/,
    ],
    ['words among the numbers', null, [[1, null]], /not consist of numbers/],
    ['zeros', null, [[0, 0]], /zeros/],
    ['too few vectors', null, [[1, 1]], /1 vectors for 2 texts/],
  ])('refuses %s', async (_, dimension, embeddings, expected) => {
    const { url } = await serving(() => ({
      status: 200,
      body: { data: embeddings.map((embedding, index) => ({ index, embedding })) },
    }));
    const texts = String(expected).includes('for 2') ? ['a', 'b'] : embeddings.map(String);
    await expect(embedTexts(settings(url, { dimension })).embed(texts)).rejects.toThrow(expected);
  });

  it('refuses two vectors for one text', async () => {
    const { url } = await serving(() => ({
      status: 200,
      body: {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [2] },
        ],
      },
    }));
    await expect(embedTexts(settings(url)).embed(['a', 'b'])).rejects.toThrow(EmbeddingError);
  });
});
