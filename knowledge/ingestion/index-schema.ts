import { Index, type Table } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Int32, List, Schema, Utf8 } from 'apache-arrow';

/**
 * Version of what the tables hold and of how documents become rows. Raise it when columns, chunking or terms change: the
 * index is then built anew beside the old one.
 */
export const INDEX_SCHEMA_VERSION = 2;

/** Columns of a chunk in the order of the contract; `vector` only where embeddings are configured. */
export function chunkSchema(dimension: number | null): Schema {
  const text = (name: string) => new Field(name, new Utf8(), false);
  const list = (name: string) => new Field(name, new List(new Field('item', new Utf8(), true)), false);
  const vector = (length: number) =>
    new Field('vector', new FixedSizeList(length, new Field('item', new Float32(), true)), false);
  return new Schema([
    ...['id', 'documentId', 'collection', 'runbook', 'title', 'section', 'heading'].map(text),
    new Field('page', new Int32(), false),
    new Field('position', new Int32(), false),
    ...['text', 'symptoms'].map(text),
    ...['codes', 'areas', 'audience'].map(list),
    ...['engines', 'version', 'url', 'owner', 'reviewed', 'head', 'body'].map(text),
    ...(dimension === null ? [] : [vector(dimension)]),
  ]);
}

/** In how many chunks a term stands. The row with the empty term holds the version of the chunks that was counted. */
export const TERMS_SCHEMA = new Schema([new Field('term', new Utf8(), false), new Field('chunks', new Int32(), false)]);

/** What is known of each file, so that an unchanged one is not opened. */
export const FILES_SCHEMA = new Schema([
  ...['documentId', 'collection', 'stamp', 'hash', 'settings', 'failed'].map(
    (name) => new Field(name, new Utf8(), false),
  ),
  new Field('chunks', new Int32(), false),
]);

/** One row: which generation of the tables is the index. */
export const CURRENT_SCHEMA = new Schema([
  new Field('generation', new Utf8(), false),
  new Field('schemaVersion', new Int32(), false),
  new Field('model', new Utf8(), false),
  new Field('dimension', new Int32(), false),
  new Field('retired', new Utf8(), false),
]);

/** Longest token that is kept, in bytes: terms are cut at 40 characters, which are at most four bytes each. */
const LONGEST_TOKEN = 160;

/** Makes the indexes of a table of chunks. Head and body hold terms joined by blanks (`indexed-columns.ts`). */
export async function createChunkIndexes(table: Table): Promise<void> {
  for (const column of ['head', 'body'])
    await table.createIndex(column, {
      config: Index.fts({
        baseTokenizer: 'whitespace',
        stem: false,
        removeStopWords: false,
        lowercase: false,
        asciiFolding: false,
        withPosition: false,
        maxTokenLength: LONGEST_TOKEN,
      }),
    });
  for (const column of ['id', 'documentId']) await table.createIndex(column, { config: Index.btree() });
  for (const column of ['codes', 'areas', 'audience']) await table.createIndex(column, { config: Index.labelList() });
}
