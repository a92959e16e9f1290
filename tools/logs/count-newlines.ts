const NEWLINES = 0x0a0a0a0a;
const LOW_BITS = 0x7f7f7f7f;
const ONES = 0x01010101;
/** A byte-wise counter overflows after 255 words. */
const WORDS_PER_ROUND = 255;

/**
 * Newlines in a range of bytes. Looks at four bytes at a time (a byte of `~(((x & 0x7f) + 0x7f) | x)` has its high bit set
 * exactly when `x` is zero there), because a line number has to be known also for a line that a gigabyte precedes.
 *
 * @param words the same memory as `bytes`, from its first byte, as 32-bit integers
 */
export function countNewlines(bytes: Uint8Array, words: Int32Array, from: number, to: number): number {
  let total = 0;
  let at = from;
  for (; at < to && (at & 3) !== 0; at += 1) if (bytes[at] === 10) total += 1;
  let word = at >>> 2;
  const lastWord = to >>> 2;
  while (word < lastWord) {
    const roundEnd = Math.min(lastWord, word + WORDS_PER_ROUND);
    let sums = 0;
    for (; word < roundEnd; word += 1) {
      const differs = (words[word] as number) ^ NEWLINES;
      sums = (sums + ((~(((differs & LOW_BITS) + LOW_BITS) | differs) >>> 7) & ONES)) | 0;
    }
    total += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24);
  }
  for (at = Math.max(at, lastWord << 2); at < to; at += 1) if (bytes[at] === 10) total += 1;
  return total;
}
