import type { Provenance } from '../../knowledge/provenance.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { TextRecord, Writer } from '../evidence/text-record.ts';
import type { KeepLimits, KeptSummary } from './kept-records.ts';
import type { LineLayout } from './line-layout.ts';
import type { RecordOrigin } from './record-origin.ts';

/** How a log is to be scanned; plain data, so that it can be handed to a worker thread. */
export interface ScanPlan {
  origin: RecordOrigin;
  layout: LineLayout;
  limits: KeepLimits;
  /** Sections of other processes inside the file: `yarn logs` output, or a driver log in which one run follows another. */
  sections: 'none' | 'aggregated' | 'runs';
  /** True when the scan begins at the file's first byte. */
  fromStart: boolean;
  /** Records with a time outside are left out; for daemons, whose logs tell of other days too. */
  window?: { from: number; to: number };
}

/** One log, or the part of one, as scanned. */
export interface ScannedSection {
  fromLine: number;
  lines: number;
  writer: Writer;
  provenance: Provenance;
  keys: JoinKeys;
  kept: KeptSummary;
  tail: readonly TextRecord[];
  firstAt: number | null;
  /** Records seen: lines less the ones that continue another. */
  recordCount: number;
  /** Lines longer than the window, and their bytes that were passed over. */
  cutLines: number;
  cutBytes: number;
  /** Hits in a flood of them that were counted by how they begin. */
  passedHits: number;
  outsideWindow: number;
}
