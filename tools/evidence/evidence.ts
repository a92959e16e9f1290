import type { Provenance } from '../../knowledge/provenance.ts';
import type { Area } from './area.ts';
import type { Quote } from './quote.ts';

/** A quote with its writer and its time: what a link of a chain stands on. */
export interface Evidence extends Quote {
  area: Area;
  provenance: Provenance;
  /** When it happened, milliseconds since the epoch, UTC; `null` when the text carries no time. */
  at: number | null;
}
