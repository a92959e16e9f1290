import OpenAI, { APIError } from 'openai';
import { type Embedder, EmbeddingError } from './embedder.ts';

/** Where vectors come from: any server that speaks OpenAI's `/embeddings`. */
export interface EmbeddingSettings {
  /** Base address up to and with the version, such as `http://127.0.0.1:8000/v1`. */
  url: string;
  model: string;
  /** Null: the server wants none. */
  apiKey: string | null;
  /** Length that the vectors must have; null: whatever the first answer has. */
  dimension: number | null;
  /** Texts in one request. */
  batch?: number;
  /** How long one request may take. */
  timeoutMs?: number;
  /** How often a request is tried again after 429, 5xx, a timeout or a lost connection. */
  retries?: number;
}

/** Servers take 2,048 texts at most; 64 of 1,600 characters stay below the token limit of a request everywhere. */
const BATCH = 64;
const TIMEOUT_MS = 60_000;
const RETRIES = 4;
/** Requests under way at once. */
const AT_ONCE = 4;
/** What a model reads of a text; longer ones are refused by some servers. Chunks are shorter, questions may not be. */
const MOST_CHARS = 6_000;

/** An embedder over HTTP. Every vector is checked: its length, and that it holds numbers that can be compared. */
export function embedTexts(settings: EmbeddingSettings): Embedder {
  const { url, model, apiKey, dimension, batch = BATCH, timeoutMs = TIMEOUT_MS, retries = RETRIES } = settings;
  const client = new OpenAI({
    baseURL: url,
    // The package refuses to be made without a key; servers without one do not look.
    apiKey: apiKey ?? 'none',
    timeout: timeoutMs,
    maxRetries: retries,
    logLevel: 'off',
    // Nothing of this machine's environment: the settings say where the texts go.
    organization: null,
    project: null,
  });
  let length = dimension;

  const ask = async (texts: readonly string[], signal: AbortSignal): Promise<number[][]> => {
    let data: { index?: number; embedding: unknown }[];
    try {
      const answer = await client.embeddings.create(
        {
          model,
          input: texts.map((text) => (text.trim() === '' ? '-' : text.slice(0, MOST_CHARS))),
          encoding_format: 'float',
        },
        { signal },
      );
      data = answer.data;
    } catch (error) {
      signal.throwIfAborted();
      throw new EmbeddingError(`the embedding server does not answer: ${reasonOf(error, timeoutMs)}`);
    }
    if (!Array.isArray(data) || data.length !== texts.length)
      throw new EmbeddingError(`the embedding server gave ${data?.length ?? 0} vectors for ${texts.length} texts`);
    const vectors: number[][] = [];
    for (const [at, { index, embedding }] of data.entries()) vectors[index ?? at] = checked(embedding);
    if (vectors.length !== texts.length || Object.keys(vectors).length !== texts.length)
      throw new EmbeddingError('the embedding server gave several vectors for one text');
    return vectors;
  };

  function checked(embedding: unknown): number[] {
    if (!Array.isArray(embedding) || embedding.length === 0)
      throw new EmbeddingError('the embedding server gave no vector for a text');
    const vector = embedding as unknown[];
    if (!vector.every((value) => typeof value === 'number' && Number.isFinite(value)))
      throw new EmbeddingError('the embedding server gave a vector that does not consist of numbers');
    if (vector.every((value) => value === 0)) throw new EmbeddingError('the embedding server gave a vector of zeros');
    length ??= vector.length;
    if (vector.length !== length)
      throw new EmbeddingError(
        `the embedding server gave a vector of ${vector.length} numbers where ${length} were expected`,
      );
    return vector as number[];
  }

  return {
    model,
    dimension,
    async embed(texts, signal) {
      const groups = Array.from({ length: Math.ceil(texts.length / batch) }, (_, at) =>
        texts.slice(at * batch, (at + 1) * batch),
      );
      const found: number[][][] = [];
      // One failure ends the others: their answers would be thrown away.
      const stop = new AbortController();
      const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      let next = 0;
      const work = async () => {
        for (let at = next++; at < groups.length; at = next++) found[at] = await ask(groups[at] ?? [], both);
      };
      try {
        // The first alone: it tells the length that all others are held against.
        if (groups.length > 0) found[next] = await ask(groups[next++] ?? [], both);
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, groups.length) }, work));
      } catch (error) {
        stop.abort();
        throw error;
      }
      return found.flat();
    },
  };
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof OpenAI.APIConnectionTimeoutError) return `no answer within ${timeoutMs} ms`;
  if (error instanceof APIError && typeof error.status === 'number')
    return `HTTP ${error.status} ${error.message.replace(/\s+/g, ' ').slice(0, 200)}`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${error instanceof Error ? error.message.slice(0, 200) : 'unknown error'}${code}`;
}
