import type { Language } from '../../knowledge/bilingual.ts';
import type { Ownership } from '../access/ownership.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Turn } from '../conversation/thread.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Certain } from '../investigation/what-is-certain.ts';

/** A file that came with a message, fetched and looked at. */
export interface JobFile {
  kind: 'text' | 'event_log';
  name: string;
  /** Where it lies on this machine. */
  path: string;
}

/** One message of a conversation, to be answered by whichever process is free: plain data. */
export interface AnswerJob {
  /** The conversation so far (`writePlainCase`); null: it begins. */
  kept: string | null;
  text: string;
  files: readonly JobFile[];
  /** Language of the answer; `auto`: that of the message. */
  language: Language | 'auto';
  /** A name of a configured cluster; null: the question says which. */
  cluster: string | null;
  /** What the asker may read. */
  viewer: Viewer;
}

/** A picture of an answer. */
export interface AnswerChart {
  /** `ledger`, `timeline` …: what it draws. */
  kind: string;
  png: Uint8Array;
  title: string;
  alt: string;
}

/** What happens while a message is answered. */
export type AnswerEvent =
  | { kind: 'certain'; certain: Certain }
  /** `names`: the line names what is being read, which not everybody may see. */
  | { kind: 'step'; line: string; names?: true };

/** An answer with everything a face needs to show it. */
export interface Answered {
  outcome: 'answered';
  caseId: string;
  /** The conversation with this turn, to be kept. */
  kept: string;
  turn: Turn;
  /** The diagnoses that the turn gives, by id, each in the language of its reply. */
  diagnoses: Readonly<Record<string, Diagnosis>>;
  /** Evidence that the turn cites. */
  evidence: Diagnosis['evidence'];
  /** Whose runs all diagnoses of the conversation are about. */
  about: readonly Ownership[];
  charts: readonly AnswerChart[];
}

/** It could not be asked: the settings or the message do not allow it. The sentence is for the asker. */
export interface NotAsked {
  outcome: 'not_asked';
  why: string;
}

export type AnswerResult = Answered | NotAsked;
