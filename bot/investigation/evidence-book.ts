import type { Evidence } from '../../tools/evidence/evidence.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { cutToBytes } from '../../tools/evidence/quote-piece.ts';
import type { Diagnosis } from './diagnosis.ts';
import { isoTime } from './iso-time.ts';

/** Numbers the evidence of one investigation: `e1`, `e2`, … in the order of first use; the same quote gets the same id. */
export class EvidenceBook {
  readonly #byKey = new Map<string, { id: string; evidence: Evidence }>();

  /** The id of a piece of evidence, given on first use. */
  cite(evidence: Evidence): string {
    const key = `${evidence.source}\u0000${evidence.fromLine}\u0000${evidence.toLine}\u0000${evidence.excerpt}`;
    const known = this.#byKey.get(key);
    if (known) return known.id;
    const id = `e${this.#byKey.size + 1}`;
    this.#byKey.set(key, { id, evidence });
    return id;
  }

  citeAll(evidence: readonly Evidence[]): string[] {
    return [...new Set(evidence.map((piece) => this.cite(piece)))];
  }

  /** What was cited, unmasked, for the gate. */
  cited(): readonly { id: string; evidence: Evidence }[] {
    return [...this.#byKey.values()];
  }

  /** The evidence as the diagnosis carries it: secrets masked, at most 2 KB each. */
  entries(): Diagnosis['evidence'] {
    return this.cited().map(({ id, evidence }) => ({
      id,
      area: evidence.area,
      provenance: evidence.provenance,
      source: evidence.source,
      locator:
        evidence.fromLine === evidence.toLine
          ? `line ${evidence.fromLine}`
          : `lines ${evidence.fromLine}-${evidence.toLine}`,
      at: isoTime(evidence.at),
      excerpt: cutToBytes(maskSecrets(evidence.excerpt)),
    }));
  }
}
