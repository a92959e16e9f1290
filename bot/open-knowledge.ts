import { embedTexts } from '../knowledge/embeddings/embed-texts.ts';
import { NoIndexError } from '../knowledge/ingestion/index-location.ts';
import { openIndex } from '../knowledge/ingestion/open-index.ts';
import { knowledgeBase } from '../knowledge/retrieval/knowledge-base.ts';
import { openBuiltIn } from '../knowledge/retrieval/open-built-in.ts';
import type { KnowledgeBase } from '../knowledge/retrieval/passage.ts';
import type { KnowledgeSettings } from './knowledge-settings.ts';

/**
 * Least likeness (cosine) of a passage found by its meaning alone. Models differ: of text-embedding-3 and bge, what is unrelated
 * mostly lies below.
 */
const LEAST_LIKENESS = 0.35;

/**
 * Opens what is written: the index where there is one, else the built-in runbooks alone. An index that cannot be opened costs a
 * note with every answer, never the answer.
 */
export async function openKnowledge({ index, collections, embeddings }: KnowledgeSettings): Promise<KnowledgeBase> {
  try {
    const open = await openIndex(index);
    const usable = embeddings !== null && open.embedding?.model === embeddings.model ? embeddings : null;
    const notes =
      embeddings !== null && usable === null
        ? [`the index holds no vectors of ${embeddings.model}: searched by words only ("wherefore index" makes them)`]
        : [];
    const embedder = usable && embedTexts(usable);
    const searched = {
      table: open.table,
      chunks: open.chunks,
      termFrequencies: await open.termFrequencies(),
      embed: embedder && ((texts: readonly string[], signal?: AbortSignal) => embedder.embed(texts, signal)),
      leastLikeness: LEAST_LIKENESS,
    };
    return knowledgeBase(searched, () => open.close(), notes);
  } catch (error) {
    if (!(error instanceof NoIndexError)) throw error;
    const notes =
      collections.length > 0
        ? ["the team's documents are not indexed: run wherefore index; searched the built-in runbooks"]
        : [];
    return await openBuiltIn(notes);
  }
}
