import { type KeepLimits, KeptRecords } from './kept-records.ts';
import type { LineLayout } from './line-layout.ts';
import type { RecordOrigin } from './record-origin.ts';
import type { ScannedSection } from './scan-plan.ts';

/** A section that is being scanned. */
export interface OpenSection extends Omit<ScannedSection, 'kept' | 'lines' | 'tail'> {
  kept: KeptRecords;
  layout: LineLayout;
  /** Index where the contents begin; moves with the window. */
  start: number;
  /** Index where they end, when the section's header told it and it was found true. */
  end: number | null;
}

/** A section of which nothing was scanned yet. */
export function openSection(
  begins: { origin: RecordOrigin; firstAt: number | null } & Pick<OpenSection, 'layout' | 'start' | 'end'>,
  fromLine: number,
  limits: KeepLimits,
): OpenSection {
  const { origin, ...place } = begins;
  return {
    ...place,
    fromLine,
    writer: origin.writer,
    provenance: origin.provenance,
    keys: origin.keys,
    kept: new KeptRecords(limits),
    recordCount: 0,
    cutLines: 0,
    cutBytes: 0,
    passedHits: 0,
    outsideWindow: 0,
  };
}
