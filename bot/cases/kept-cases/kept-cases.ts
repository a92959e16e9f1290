import type { Ownership } from '../../access/ownership.ts';

/** A conversation as it is kept, with what is asked of it without opening it. */
export interface KeptCase {
  /** `case_` and hexadecimal digits. */
  id: string;
  threadId: string | null;
  /** `writePlainCase` of the conversation. */
  text: string;
  /** Whose runs its diagnoses are about: whoever may not read them all does not see the case. */
  about: readonly Ownership[];
  /** Which turn answered which key of the inbox: what was worked out is not worked out again after a crash. */
  turns: Readonly<Record<string, number>>;
  updatedAtMs: number;
}

/** What a person thought of an answer. */
export interface Feedback {
  caseId: string;
  diagnosis: string | null;
  user: string;
  helpful: boolean;
  reason: string | null;
  atMs: number;
}

/** Cases of conversations, shared by all replicas; secrets are masked before anything is written. */
export interface KeptCases {
  keep(kept: Omit<KeptCase, 'updatedAtMs'>): Promise<void>;
  read(id: string): Promise<KeptCase | null>;
  /** One for each user and diagnosis: the last word counts. */
  noteFeedback(feedback: Feedback): Promise<void>;
  feedback(caseId: string): Promise<readonly Feedback[]>;
  /** Deletes a case with its feedback and posts; false: there is none. */
  remove(id: string): Promise<boolean>;
  /** Deletes what was not touched since; the number of cases. */
  removeBefore(ms: number): Promise<number>;
}
