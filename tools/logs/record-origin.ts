import type { Provenance } from '../../knowledge/provenance.ts';
import type { Area } from '../evidence/area.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import type { Writer } from '../evidence/text-record.ts';

/** Where a text comes from and who wrote it. */
export interface RecordOrigin {
  /** The name evidence uses. */
  source: string;
  writer: Writer;
  /** The writer's own provenance; records that others put into the same stream get theirs. */
  provenance: Provenance;
  area: Area;
  /** What every record of the text can be joined on. */
  keys: JoinKeys;
  /** Number of the text's first line in its source; 1 by default. */
  firstLine?: number;
  /** Offset of the writer's clock from UTC, for layouts without a zone; 0 by default. */
  zoneOffsetMinutes?: number;
  /** A time near the text, for layouts without year or date. */
  referenceMs?: number;
}
