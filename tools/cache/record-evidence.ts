import type { Evidence } from '../evidence/evidence.ts';
import type { TextRecord } from '../evidence/text-record.ts';

/** A log record as evidence of this area: its first lines, by whoever wrote it. */
export function recordEvidence(record: TextRecord): Evidence {
  return { ...record.quote, area: 'cache', provenance: record.provenance, at: record.at };
}
