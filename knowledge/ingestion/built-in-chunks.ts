import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readDocument } from '../documents/read-document.ts';
import type { Chunk } from './chunk.ts';
import { chunkDocument } from './chunk-document.ts';
import { BUILT_IN, BUILT_IN_COLLECTION, BUILT_IN_FOLDER, urlOf } from './collection.ts';

/** The runbooks that come with the product, as rows, in the order of their names. */
export async function builtInChunks(): Promise<Chunk[]> {
  const names = (await readdir(BUILT_IN_FOLDER)).filter((name) => name.endsWith('.md')).sort();
  const chunks: Chunk[] = [];
  for (const name of names) {
    const bytes = await readFile(path.join(BUILT_IN_FOLDER, name));
    const { document, failed } = await readDocument(bytes, name);
    if (failed !== undefined) throw new Error(`the built-in runbook ${name} cannot be read: ${failed}`);
    const hash = createHash('sha256').update(bytes).digest('hex');
    chunks.push(
      ...(await chunkDocument(document, {
        documentId: `${BUILT_IN}/${name}`,
        collection: BUILT_IN,
        runbook: name.slice(0, -'.md'.length),
        version: `sha256:${hash.slice(0, 12)}`,
        url: urlOf(BUILT_IN_COLLECTION, name),
      })),
    );
  }
  return chunks;
}
