import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Responsibility } from '../../knowledge/causes/cause.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Provenance } from '../../knowledge/provenance.ts';
import type { Symptom } from '../evidence/finding.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord } from '../evidence/text-record.ts';

/**
 * How one mechanism shows itself in text: data plus a small function. It recognises what the component states (class of the
 * exception, the place that threw it, the message's fixed words), never one wording of one version alone, never a name of a
 * job, host or path.
 */
export interface Signature {
  /** `group/what-it-sees`, unique. */
  id: string;
  /** The cause it speaks for; `null` for a pure symptom. */
  code: CauseCode | null;
  symptom?: Symptom;
  /** Known to be an effect or harmless: may be a link, never the root. */
  echo?: boolean;
  /**
   * Prefilter: at least one of these stands in the record, byte for byte. Long and rare words; every match must contain one
   * (a test holds that).
   */
  literals: readonly string[];
  /** Who must have written the record for the statement to be `observed`; by others it is `inferred`. */
  observedFrom: readonly Provenance[];
  /** Writers from whom it means nothing at all and is dropped. */
  ignoredFrom?: readonly Provenance[];
  /**
   * How near the text is to the root, 0 to 100: among matches in one record the highest wins. A named cause (full disk) is
   * above the exception it surfaced in (spill failed), that above "task failed", that above "job aborted".
   */
  rank: number;
  /** Where the message text and its version come from: `reference file, section` or the engine's file. */
  seenIn: string;
  match(record: TextRecord): SignatureMatch | null;
}

export interface SignatureMatch {
  statement: Bilingual;
  /** Keys the text names beyond the record's own: container, executor, host, path, exit code's owner. */
  keys?: JoinKeys;
  /** Sizes in bytes, durations in ms, exit codes, ids: whatever the remedy needs. */
  values?: Readonly<Record<string, number | string>>;
  /** The piece of the record's text that says it: becomes the excerpt. Must occur in `record.text`. */
  excerpt: string;
  /** Overrides the signature's code where the text itself decides between two (own heap of driver or executor). */
  code?: CauseCode;
  responsibility?: Responsibility;
  refutes?: readonly { code: CauseCode; why: Bilingual }[];
  /** Kind of complete statement, if this text is one (the catalogue's `completeStatements`). */
  completeStatement?: string;
  /** The text only suggests the cause even when the right writer wrote it. */
  inferredOnly?: boolean;
}
