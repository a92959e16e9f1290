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
  /** Who began it (`U…`); null: kept before this was noted. */
  asker: string | null;
  /** It was begun where nobody else reads: what was pasted there is the asker's own. */
  isPrivate: boolean;
  /** The thread whose own case the asker may not open, so that this one stands beside it; null: none. */
  beside: string | null;
  updatedAtMs: number;
}

/** A case to be kept; who began it, and how, is noted the first time and stays. */
export type ToKeep = Omit<KeptCase, 'updatedAtMs' | 'asker' | 'isPrivate' | 'beside'> &
  Partial<Pick<KeptCase, 'asker' | 'isPrivate' | 'beside'>> & {
    /** `updatedAtMs` of what this goes on from; another writer since then: nothing is written. Absent: whatever stands there. */
    goesOnFrom?: number;
  };

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
  /** False: somebody else wrote it meanwhile (`goesOnFrom`). */
  keep(kept: ToKeep): Promise<boolean>;
  read(id: string): Promise<KeptCase | null>;
  /** The case of a person beside that of a thread; null: there is none. */
  besideThread(threadId: string, asker: string): Promise<KeptCase | null>;
  /** One for each user and diagnosis: the last word counts. */
  noteFeedback(feedback: Feedback): Promise<void>;
  feedback(caseId: string): Promise<readonly Feedback[]>;
  /** Deletes a case with its feedback and posts; false: there is none. */
  remove(id: string): Promise<boolean>;
  /** Deletes what was not touched since; the number of cases. */
  removeBefore(ms: number): Promise<number>;
}
