import type { Bilingual, Language } from '../../knowledge/bilingual.ts';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import type { AgentEvent } from '../agent/agent-run.ts';
import type { ModelSettings } from '../agent/model-settings.ts';
import type { runAgent } from '../agent/run-agent.ts';
import type { InvestigationRequest } from '../investigation/investigation-request.ts';
import type { Certain } from '../investigation/what-is-certain.ts';

/** What a conversation is held with. */
export interface ConversationMeans {
  /** Opens the platform for a question; asked again only to look anew. */
  openPlatform(question: string): Promise<Platform>;
  /** Language of the answers; `auto`: that of each message. */
  language: Language | 'auto';
  /** Files that belong to the first question. */
  attachments?: readonly PlatformFile[];
  /** Event logs, comparison, runbooks: as for one question. */
  request?: Pick<InvestigationRequest, 'compareWith' | 'focusOn' | 'runbooksUrl'>;
  /** Whether the asker may read a run of such ownership; absent: every one. */
  mayRead?: InvestigationRequest['mayRead'];
  /** Set for somebody nobody can name: help and how-to are answered, everything else with these words. */
  helpOnly?: Bilingual;
  /** What is written, opened when it is needed; null: nothing can be searched. */
  openKnowledge?: () => Promise<{ base: KnowledgeBase; audience: readonly string[] }>;
  /** null: no language model. */
  model: ModelSettings | null;
  /** The loop of the model; a double in tests. */
  run?: typeof runAgent;
}

/** What happens while a message is answered. */
export interface Hearing {
  onProgress?: (line: string) => void;
  /** As soon as it is known which run is meant: what is certain of it already. */
  onCertain?: (certain: Certain) => void;
  onEvent?: (event: AgentEvent) => void;
  signal?: AbortSignal;
}

/** Files that came with one message. */
export interface Brought {
  attachments: readonly PlatformFile[];
  /** Event logs among them: the message is about their run unless it names another. */
  eventLogs: readonly PlatformFile[];
}
