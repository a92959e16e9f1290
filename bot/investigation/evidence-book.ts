import type { Evidence } from '../../tools/evidence/evidence.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { cutToBytes } from '../../tools/evidence/quote-piece.ts';
import type { Diagnosis } from './diagnosis.ts';
import { isoTime } from './iso-time.ts';
import { sayOthersInQuote } from './others/pseudonyms.ts';

/**
 * Numbers the evidence of one investigation, or of all of one conversation: `e1`, `e2`, … in the order of first use; the same quote
 * gets the same id, masked or not.
 */
export class EvidenceBook {
  readonly #byKey = new Map<string, { id: string; evidence: Evidence }>();
  readonly #checked = new Map<string, boolean>();

  /** @param kept what a conversation cited before, in the order of its ids, and whether it was found at its place */
  constructor(kept: readonly { evidence: Evidence; found: boolean }[] = []) {
    for (const { evidence, found } of kept) this.#checked.set(this.cite(evidence), found);
  }

  /** The id of a piece of evidence, given on first use. */
  cite(evidence: Evidence): string {
    const { source, fromLine, toLine, excerpt } = evidence;
    const key = `${source}\u0000${fromLine}\u0000${toLine}\u0000${maskSecrets(excerpt)}`;
    const known = this.#byKey.get(key);
    if (known) return known.id;
    const id = `e${this.#byKey.size + 1}`;
    this.#byKey.set(key, { id, evidence });
    return id;
  }

  citeAll(evidence: readonly Evidence[]): string[] {
    return [...new Set(evidence.map((piece) => this.cite(piece)))];
  }

  /** Whether it was found again at its place; undefined: not looked yet. Nothing is read twice for it. */
  found(id: string): boolean | undefined {
    return this.#checked.get(id);
  }

  /** Notes what came of looking at its place again. */
  noteFound(id: string, found: boolean): void {
    this.#checked.set(id, found);
  }

  /** What was cited, unmasked, for the gate. */
  cited(): readonly { id: string; evidence: Evidence }[] {
    return [...this.#byKey.values()];
  }

  /** The evidence as the diagnosis carries it: secrets masked, at most 2 KB each; neutral words for others' runs. */
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
      excerpt: cutToBytes(sayOthersInQuote(maskSecrets(evidence.excerpt))),
    }));
  }
}
