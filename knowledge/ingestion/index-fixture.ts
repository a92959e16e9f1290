import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Embedder } from '../embeddings/embedder.ts';
import { termsOf } from '../terms/terms-of.ts';
import type { IndexOptions } from './index-options.ts';
import type { OpenIndex } from './open-index.ts';

/** A folder of documents and a place for an index, made for one test. */
export interface IndexFixture {
  folder: string;
  docs: string;
  options: IndexOptions;
  /** Writes files of the collection: path inside it → content. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  remove(...names: string[]): void;
  clean(): void;
}

/** Test harness: the collection `team` without the built-in runbooks. */
export function indexFixture(more: Partial<IndexOptions> = {}): IndexFixture {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-index-'));
  const docs = path.join(folder, 'docs');
  mkdirSync(docs);
  return {
    folder,
    docs,
    options: {
      location: { uri: path.join(folder, 'index') },
      collections: [{ name: 'team', folder: docs }],
      builtIn: false,
      ...more,
    },
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(docs, name)), { recursive: true });
        writeFileSync(path.join(docs, name), content);
      }
    },
    remove(...names) {
      for (const name of names) rmSync(path.join(docs, name), { recursive: true });
    },
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Ids of the chunks that full-text search finds for words, in order of their names. */
export async function idsFor({ table }: OpenIndex, words: string): Promise<string[]> {
  const rows = await table
    .query()
    .fullTextSearch(termsOf(words).join(' '), { columns: ['head', 'body'] })
    .limit(1_000)
    .toArray();
  return rows.map(({ id }) => String(id)).sort();
}

/** A deterministic stand-in for a model: counts letters into a few buckets. It knows no meaning. */
export function countingEmbedder(model: string, dimension: number): Embedder & { texts: string[] } {
  const texts: string[] = [];
  return {
    model,
    dimension,
    texts,
    embed: (given) => {
      texts.push(...given);
      return Promise.resolve(
        given.map((text) => {
          const vector = new Array<number>(dimension).fill(0.01);
          for (const character of text) {
            const at = (character.codePointAt(0) ?? 0) % dimension;
            vector[at] = (vector[at] ?? 0) + 1;
          }
          return vector;
        }),
      );
    },
  };
}
