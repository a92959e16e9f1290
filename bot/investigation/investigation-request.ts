import type { Language } from '../../knowledge/bilingual.ts';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';

/** One question with everything that belongs to it. */
export interface InvestigationRequest {
  question: string;
  platform: Platform;
  /** `auto` answers in the language of the question. */
  language: Language | 'auto';
  attachments: readonly PlatformFile[];
  /** The run to compare with. */
  compareWith?: { id: string } | { sources: readonly string[] } | 'last-good';
  /** Event logs named on the command line: the question is about them unless it names another run. */
  focusOn?: readonly PlatformFile[];
  /** What is written: runbooks and the team's documents. Absent: only the built-in runbooks of the causes are cited. */
  knowledge?: { base: KnowledgeBase; audience: readonly string[] };
  /** Address under which the built-in runbooks are shown; absent: their path in the product. */
  runbooksUrl?: string;
  onProgress?: (line: string) => void;
  signal?: AbortSignal;
}
