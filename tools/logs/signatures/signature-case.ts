import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Provenance } from '../../../knowledge/provenance.ts';
import type { TextRecord, Writer } from '../../evidence/text-record.ts';
import { readRecords } from '../read-records.ts';
import { provenanceOfWriter } from '../record-provenance.ts';

/** One text with what a signature must make of it. Test data only. */
export interface SignatureCase {
  /** Id of the signature that must speak for the text; for a near miss the one that must not. */
  id: string;
  /** The code it must name; `null` for a symptom. A near miss says `'not this'`. */
  code: CauseCode | null | 'not this';
  /** Where the text was seen: capture, question, reference section, or the engine's file and version it was typed from. */
  seen: string;
  text: string;
  /** Whose log it stands in; the driver's by default. */
  by?: Writer;
  /** What must be among the finding's values. */
  values?: Readonly<Record<string, number | string>>;
  /** What must be among the finding's keys. */
  keys?: Readonly<Record<string, number | string>>;
  /** Kind the finding must have. */
  kind?: 'observed' | 'inferred';
  completeStatement?: string;
}

/** The records of a case's text, read as a log of its writer. */
export function recordsOfCase(one: SignatureCase): TextRecord[] {
  const writer = one.by ?? 'spark_driver';
  const provenance: Provenance = provenanceOfWriter(writer);
  return readRecords(one.text, { source: 'case', writer, provenance, area: 'logs', keys: {} });
}
