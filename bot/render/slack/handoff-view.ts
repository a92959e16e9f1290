import type { Language } from '../../../knowledge/bilingual.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';

/** Why a person was called: asked for, by rule, or a thumb down. */
export const HANDOFF_REASONS = ['asked', 'inconclusive_twice', 'not_helpful', 'platform'] as const;
export type HandoffReason = (typeof HANDOFF_REASONS)[number];

/** Where a hand-off stands. Users are ids of Slack (`U…`), times ISO 8601. */
export type HandoffState =
  | { kind: 'open' }
  | { kind: 'taken'; by: string; at: string }
  | { kind: 'resolved'; by: string; at: string; fixedBy: string; code: string | null; note: string | null }
  | { kind: 'back_to_bot'; by: string; at: string };

/** Another question about the same incident. */
export interface HandoffOther {
  user: string;
  /** What it is about, as the asker names it: a job. */
  subject: string;
  /** Link to its thread; null: nobody else may open it. */
  threadUrl: string | null;
}

/** Everything the cards of a hand-off tell; filled by `bot/escalation`. */
export interface HandoffView {
  caseId: string;
  /** The diagnosis so far; null: none was made. */
  diagnosis: Diagnosis | null;
  language: Language;
  /** As it was asked, secrets masked. */
  question: string;
  askedBy: string;
  /** ISO 8601. */
  askedAt: string;
  reason: HandoffReason;
  /** What the asker added; null: nothing. */
  note: string | null;
  state: HandoffState;
  /** Link to the asker's thread. */
  threadUrl: string | null;
  /** Link to the thread in the support channel; told in the asker's thread. */
  supportUrl: string | null;
  pageUrl: string | null;
  /** Others of the same incident, without the asker of this one. */
  others: readonly HandoffOther[];
  /** What they share, `node2`; null with no others. */
  shared: string | null;
  /** When the first of them asked, ISO 8601; null with no others. */
  since: string | null;
  charts: readonly { fileId: string; alt: string; title: string }[];
}
