import type { KnowledgeBase } from '../knowledge/retrieval/passage.ts';
import type { KnowledgeSettings } from './knowledge-settings.ts';

/**
 * What is written, opened with the first question to it: reading the runbooks and loading the packages of the index takes a second
 * or two, and most questions about a run never ask.
 */
export function lateKnowledge(settings: KnowledgeSettings): KnowledgeBase {
  let opening: Promise<KnowledgeBase> | null = null;
  const opened = () => {
    opening ??= import('./open-knowledge.ts').then(({ openKnowledge }) => openKnowledge(settings));
    return opening;
  };
  return {
    search: async (query, signal) => await (await opened()).search(query, signal),
    ofCodes: async (codes, audience, without) => await (await opened()).ofCodes(codes, audience, without),
    close() {
      // What could not be opened was told to whoever asked, and needs no closing.
      opening?.then((base) => base.close()).catch(() => {});
    },
  };
}
