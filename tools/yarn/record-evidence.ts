import type { Evidence } from '../evidence/evidence.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { TextRecord } from '../evidence/text-record.ts';

/** A log record as evidence of this area: its first lines, by whoever wrote it. */
export function recordEvidence(record: TextRecord): Evidence {
  return { ...record.quote, area: 'yarn', provenance: record.provenance, at: record.at };
}

/** A piece of a log record as evidence. */
export function pieceEvidence(record: TextRecord, start: number, end: number): Evidence {
  const { source, fromLine } = record.quote;
  return { ...recordEvidence(record), ...quotePiece(record.text, source, start, end, fromLine) };
}

/** Host a record was written on: its key, else the capture's `hosts/<host>/` in its source (DESIGN §9). */
export function hostOfRecord(record: TextRecord): string | null {
  return record.keys.host ?? /^hosts\/([^/]{1,255})\//.exec(record.quote.source)?.[1] ?? null;
}
