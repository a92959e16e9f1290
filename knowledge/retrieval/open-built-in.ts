import { builtInChunks } from '../ingestion/built-in-chunks.ts';
import { memoryIndex } from '../ingestion/memory-index.ts';
import { knowledgeBase } from './knowledge-base.ts';
import type { KnowledgeBase } from './passage.ts';

/** The built-in runbooks alone, indexed in memory: what can be searched before any `wherefore index`. */
export async function openBuiltIn(notes: readonly string[] = []): Promise<KnowledgeBase> {
  const index = await memoryIndex(await builtInChunks());
  const { table, chunks } = index;
  return knowledgeBase(
    { table, chunks, termFrequencies: await index.termFrequencies(), embed: null, leastLikeness: 1 },
    () => index.close(),
    notes,
  );
}
