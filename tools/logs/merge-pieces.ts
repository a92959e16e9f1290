import type { TextRecord } from '../evidence/text-record.ts';
import { type KeepLimits, mergeKept } from './kept-records.ts';
import type { ScannedSection } from './scan-plan.ts';

/**
 * Joins the pieces of one log that were scanned apart, in order: line numbers go on from piece to piece, and the first section of a
 * piece is the rest of the last one of the piece before.
 */
export function mergePieces(pieces: readonly (readonly ScannedSection[])[], limits: KeepLimits): ScannedSection[] {
  const merged: ScannedSection[] = [];
  let linesBefore = 0;
  for (const sections of pieces) {
    const shifted = sections.map((section) => shiftSection(section, linesBefore));
    linesBefore += sections.reduce((sum, section) => sum + section.lines, 0);
    const last = merged.at(-1);
    const [first, ...rest] = shifted;
    if (last && first) merged[merged.length - 1] = joinSections(last, first, limits);
    else if (first) merged.push(first);
    merged.push(...rest);
  }
  return merged;
}

function joinSections(a: ScannedSection, b: ScannedSection, limits: KeepLimits): ScannedSection {
  return {
    ...a,
    lines: a.lines + b.lines,
    kept: mergeKept([a.kept, b.kept], limits),
    tail: b.tail.length > 0 ? b.tail : a.tail,
    recordCount: a.recordCount + b.recordCount,
    cutLines: a.cutLines + b.cutLines,
    cutBytes: a.cutBytes + b.cutBytes,
    passedHits: a.passedHits + b.passedHits,
    outsideWindow: a.outsideWindow + b.outsideWindow,
  };
}

function shiftSection(section: ScannedSection, lines: number): ScannedSection {
  if (lines === 0) return section;
  for (const text of section.kept.texts.values())
    text.records = text.records.map((record) => shiftRecord(record, lines));
  return {
    ...section,
    fromLine: section.fromLine + lines,
    tail: section.tail.map((record) => shiftRecord(record, lines)),
  };
}

function shiftRecord(record: TextRecord, lines: number): TextRecord {
  const { quote } = record;
  return {
    ...record,
    order: record.order + lines,
    quote: { ...quote, fromLine: quote.fromLine + lines, toLine: quote.toLine + lines },
  };
}
