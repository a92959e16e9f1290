import type { Language } from '../../knowledge/bilingual.ts';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import type { EvidenceBook } from './evidence-book.ts';
import type { takeFirstLook } from './first-look.ts';
import type { Investigation } from './investigation.ts';
import type { MayRead } from './others/veil.ts';
import type { Question } from './question/question.ts';
import type { Certain } from './what-is-certain.ts';

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
  knowledge?: {
    base: KnowledgeBase;
    audience: readonly string[];
    /** The team has no documents of its own: there is nothing to search for beside what the catalogue names. */
    onlyBuiltIn?: boolean;
  };
  /** Address under which the built-in runbooks are shown; absent: their path in the product. */
  runbooksUrl?: string;
  /**
   * Whether the asker may read a run of such ownership; absent: every one. What may not be read is not found, and where it stands in a cause
   * as a neighbour it is told without its name.
   */
  mayRead?: MayRead;
  /** What a conversation holds of earlier turns; absent: one question alone. */
  earlier?: EarlierTurns;
  onProgress?: (line: string) => void;
  /** Told as soon as it is known which run is meant. */
  onCertain?: (certain: Certain) => void;
  /** What was found, before it is put into words: for pictures, whose figures no answer holds. */
  onInvestigated?: (investigation: Investigation) => void;
  signal?: AbortSignal;
}

/** What an investigation takes over from the turns before it, so that nothing is read twice and ids stay the same. */
export interface EarlierTurns {
  /** Its numbering goes on. */
  book: EvidenceBook;
  /** The first look, which keeps what it brought. */
  firstLook: typeof takeFirstLook;
  /** The run that is meant, where the message alone does not say it: "and the run before?". */
  about?: { applicationId: string; asks: Question['asks'] };
}
