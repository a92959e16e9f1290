import type { AnswerVenue } from '../../access/audience.ts';
import type { Ownership } from '../../access/ownership.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { JobFile } from '../../answering/answer-job.ts';
import type { AnswerPool } from '../../answering/answer-pool.ts';
import type { Inbox } from '../../cases/inbox/inbox.ts';
import type { IncomingFile } from '../../cases/inbox/incoming.ts';
import type { KeptCases } from '../../cases/kept-cases/kept-cases.ts';
import type { Place } from '../../cases/place.ts';
import type { Escalation } from '../../escalation/escalation.ts';
import type { RuleSettings } from '../../escalation/escalation-rules.ts';
import type { Outlet } from '../outlet/outlet.ts';
import type { Progress as StreamedProgress } from '../outlet/progress.ts';
import type { ProgressOf } from '../outlet/streamed-progress.ts';
import type { CasePages } from '../pages/case-pages.ts';

/** Who may see what, as the work asks it. */
export interface Rights {
  /** What a person may read; asked for each message and each button anew. */
  viewer(team: string, user: string): Promise<Viewer>;
  /** Where an answer about these runs may be shown. */
  venue(place: Place, asker: string, about: readonly Ownership[]): Promise<AnswerVenue>;
  /** There are rules at all. */
  limited: boolean;
}

/** Files of a message, fetched: what can be read, and what is told of each in both languages. */
export interface FetchedFiles {
  files: readonly JobFile[];
  notes: readonly { en: string; zh: string }[];
  /** Takes the copies away. */
  remove(): Promise<void>;
}

/** What is counted and timed; all times in milliseconds. */
export interface WorkMeter {
  firstCard(afterMs: number): void;
  final(afterMs: number, outcome: string): void;
  broke(): void;
}

/** Everything that work on a message needs. */
export interface Desk {
  inbox: Inbox;
  cases: KeptCases;
  outlet: Outlet;
  /** A message of that key was posted. */
  stands(key: string): Promise<boolean>;
  /** What is worked on here and was taken back, by the keys of what arrived, stops now. */
  takeBack(keys: readonly string[]): void;
  /** Progress in a direct conversation, streamed where Slack can; `asked` is told where it cannot. */
  stream(of: ProgressOf, asked: string): StreamedProgress;
  pool: AnswerPool;
  escalation: Escalation;
  rules: RuleSettings;
  rights: Rights;
  /** Stores what people wrote in a thread after a message, as far as it is not stored. */
  receiveSince(place: Place, order: string, signal: AbortSignal): Promise<void>;
  fetchFiles(key: string, files: readonly IncomingFile[], signal: AbortSignal): Promise<FetchedFiles>;
  /** Gives out addresses of pages where they are served; null: they are attached as files. */
  pages: Pick<CasePages, 'addressOf'> | null;
  language: 'auto' | 'en' | 'zh';
  meter: WorkMeter;
  /** A line for the log; it has no text of people in it. */
  log(line: string, error?: unknown): void;
  /** Milliseconds since the epoch. */
  now(): number;
}
