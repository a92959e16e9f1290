/** So many hits may be looked at closely and bring nothing new before it counts as a flood: two or three seconds of work. */
const FREE_LOOKS = 500_000;
/** In a flood one hit in this many bytes is still looked at: whole records with their traces always are. */
const BYTES_PER_LOOK = 2 << 10;
/** More beginnings than this are not told apart. */
const MAX_BEGINNINGS = 50_000;

/**
 * Bounds the time that a log costs in which nearly every line warns or fails. A hit is looked at closely (its record cut out, folded,
 * compared) as long as that brings something new now and then; in a flood only lines that begin in a new way are, and a share of
 * the others; the rest is counted.
 */
export class CloseLooks {
  private readonly beginnings = new Set<number>();
  private readonly freeLooks: number;
  private vain = 0;
  private bytes = 0;

  constructor(freeLooks = FREE_LOOKS) {
    this.freeLooks = freeLooks;
  }

  /** Tells that so many more bytes came. */
  came(bytes: number): void {
    this.bytes += bytes;
  }

  /** True when the hit with this beginning need not be looked at. */
  canPass(keyOfBeginning: () => number): boolean {
    if (this.vain < this.freeLooks + this.bytes / BYTES_PER_LOOK) return false;
    const key = keyOfBeginning();
    if (this.beginnings.has(key) || this.beginnings.size >= MAX_BEGINNINGS) return true;
    this.beginnings.add(key);
    return false;
  }

  /** Tells that a hit was looked at and nothing of it was kept. */
  wasVain(): void {
    this.vain += 1;
  }
}
