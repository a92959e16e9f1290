import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';

/**
 * One log of one process. An aggregated file (`yarn logs`) holds many; its parts are logs of their own with the same
 * source and other lines.
 */
export interface LogFacts {
  source: string;
  fromLine: number;
  toLine: number;
  /** Who wrote it, known by its content. */
  writer: Writer;
  keys: JoinKeys;
  firstAt: number | null;
  lastAt: number | null;
  /** Records seen, also those not kept. */
  recordCount: number;
  /** Records kept: warnings and worse, exceptions, and whatever a signature's literal hits, in order, repeats folded. */
  records: readonly TextRecord[];
  /** The last records of the log, whatever their level: how it ended (an abrupt end is a sign of a kill). */
  tail: readonly TextRecord[];
  /** Milestones the joining needs, taken from any level: executor registered, container launched, job started. */
  milestones: readonly Milestone[];
  /** What was cut or skipped: lines too long, bytes over the limit, undecodable text. */
  skipped: readonly Bilingual[];
}

/** Something that happened that is no fault, told by the component itself. */
export interface Milestone {
  kind:
    | 'application_submitted'
    | 'application_accepted'
    | 'application_running'
    | 'application_finished'
    | 'attempt_started'
    | 'container_allocated'
    | 'container_started'
    | 'container_finished'
    | 'executor_registered'
    | 'executor_removed'
    | 'job_started'
    | 'job_finished'
    | 'write_committed'
    | 'listing_finished'
    | 'context_started'
    | 'context_stopped'
    | 'process_started'
    | 'process_ended';
  keys: JoinKeys;
  at: number | null;
  values: Readonly<Record<string, number | string>>;
  record: TextRecord;
}

/** What the logs area read. */
export interface LogsFacts {
  logs: readonly LogFacts[];
  /** Files that are no logs (binary, event logs, kernel files) and files left out for size or rights, counted. */
  leftOut: readonly Bilingual[];
}
