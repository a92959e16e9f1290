import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { KnowledgeSettings } from '../knowledge-settings.ts';

/** `openKnowledge`, with its packages (index, embeddings) loaded when it is called: most questions need none of them. */
export async function openKnowledge(settings: KnowledgeSettings): Promise<KnowledgeBase> {
  const opening = await import('../open-knowledge.ts');
  return await opening.openKnowledge(settings);
}
