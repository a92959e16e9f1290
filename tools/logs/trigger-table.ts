/**
 * Many fixed strings, prepared for finding any of them in bytes at nearly the speed of memory.
 *
 * From each string a window of seven bytes is chosen, the one that is rarest in a sample of the text to be scanned. However the window
 * lies to the 4-byte words of memory, one whole word lies inside of it: so one look per word into a table of hashed
 * words is enough to miss nothing. A string of six bytes has one alignment in which the word's last byte is not its own: there
 * every byte that text has is entered.
 */
export interface TriggerTable {
  /** 1 where a word with this hash belongs to some window. */
  present: Uint8Array;
  /** First entry with this hash; 0 for none. */
  heads: Uint16Array;
  /** Entries: the triple, where it stands in its string, which string, the next entry of the same hash. */
  triples: Int32Array;
  offsets: Uint16Array;
  owners: Uint16Array;
  nexts: Uint16Array;
  strings: readonly Uint8Array[];
  /** By string: 1 when it is not looked for any more. */
  retired: Uint8Array;
}

/** A shorter string cannot be looked for this way. */
export const MIN_TRIGGER_BYTES = 6;
const WINDOW_BYTES = 7;
const BUCKETS = 1 << 16;
/** 512 KiB: a few thousand words set leave it nearly empty, and it stays in the second-level cache. */
const PRESENT_BITS = 19;
const PRESENT_SHIFT = 32 - PRESENT_BITS;
const MAX_STRINGS = 16_000;
/** What may follow a string of six bytes: printable ASCII, tab, line ends, and the first bytes of Chinese characters. */
const TEXT_BYTES = [
  9,
  10,
  13,
  ...Array.from({ length: 95 }, (_, i) => 32 + i),
  0xe4,
  0xe5,
  0xe6,
  0xe7,
  0xe8,
  0xe9,
  0xef,
];
/** Golden ratio: spreads neighbouring triples over the table. */
const SPREAD = -0x61c8864f;

/** Builds a table. Strings shorter than `MIN_TRIGGER_BYTES` are left out: the caller gives them a longer companion. */
export function buildTriggers(strings: readonly string[], sample: Uint8Array): TriggerTable {
  const usable = [...new Set(strings)]
    .map((text) => Buffer.from(text))
    .filter((bytes) => bytes.length >= MIN_TRIGGER_BYTES);
  if (usable.length > MAX_STRINGS) throw new Error(`more than ${MAX_STRINGS} triggers`);
  const frequency = wordFrequency(sample);
  const table: TriggerTable = {
    present: new Uint8Array(1 << PRESENT_BITS),
    heads: new Uint16Array(BUCKETS),
    triples: new Int32Array(usable.length * 4 + 1),
    offsets: new Uint16Array(usable.length * 4 + 1),
    owners: new Uint16Array(usable.length * 4 + 1),
    nexts: new Uint16Array(usable.length * 4 + 1),
    strings: usable,
    retired: new Uint8Array(usable.length),
  };
  let entry = 0;
  for (const [owner, bytes] of usable.entries()) {
    const window = rarestWindow(bytes, frequency);
    for (let offset = window; offset < window + 4; offset += 1) {
      entry += 1;
      const triple = tripleAt(bytes, offset);
      const bucket = hash(triple);
      table.triples[entry] = triple;
      table.offsets[entry] = offset;
      table.owners[entry] = owner;
      table.nexts[entry] = table.heads[bucket] as number;
      table.heads[bucket] = entry;
      enterWords(table.present, bytes, offset);
    }
  }
  return table;
}

/** Where a trigger was found, and which. */
export interface TriggerHit {
  at: number;
  /** Index in `TriggerTable.strings`. */
  owner: number;
}

/**
 * The next trigger that stands wholly within `from` and `to`, roughly in order (of two within a few bytes either may come
 * first). Writes into `hit` and says whether there was one.
 *
 * @param words the same memory as `bytes`, from its first byte, as 32-bit integers
 */
export function findTrigger(
  table: TriggerTable,
  bytes: Uint8Array,
  words: Int32Array,
  from: number,
  to: number,
  hit: TriggerHit,
): boolean {
  // Constants are written out here: as module variables they cost the inner loop half of its speed.
  const { present } = table;
  const last = to >>> 2;
  let index = from >>> 2;
  // Four words at a time: nearly always none of them is present, and one branch instead of four doubles the speed.
  for (; index + 4 <= last; index += 4) {
    const any =
      (present[Math.imul(words[index] as number, -0x61c8864f) >>> 13] as number) |
      (present[Math.imul(words[index + 1] as number, -0x61c8864f) >>> 13] as number) |
      (present[Math.imul(words[index + 2] as number, -0x61c8864f) >>> 13] as number) |
      (present[Math.imul(words[index + 3] as number, -0x61c8864f) >>> 13] as number);
    if (any !== 0 && verifyFour(table, bytes, words, index, from, to, hit)) return true;
  }
  return verifyFour(table, bytes, words, index, from, to, hit);
}

/** Looks closer at up to four words of which one at least is present. */
function verifyFour(
  table: TriggerTable,
  bytes: Uint8Array,
  words: Int32Array,
  first: number,
  from: number,
  to: number,
  hit: TriggerHit,
): boolean {
  const end = Math.min(to >>> 2, first + 4);
  for (let index = first; index < end; index += 1) {
    const word = words[index] as number;
    if (table.present[Math.imul(word, SPREAD) >>> PRESENT_SHIFT] === 0) continue;
    if (verify(table, word & 0xffffff, bytes, index << 2, from, to, hit)) return true;
  }
  return false;
}

function verify(
  table: TriggerTable,
  triple: number,
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
  hit: TriggerHit,
): boolean {
  for (let entry = table.heads[hash(triple)] as number; entry !== 0; entry = table.nexts[entry] as number) {
    if (table.triples[entry] !== triple) continue;
    const owner = table.owners[entry] as number;
    if (table.retired[owner] === 1) continue;
    const start = at - (table.offsets[entry] as number);
    if (start < from || !standsAt(bytes, table.strings[owner] as Uint8Array, start, to)) continue;
    hit.at = start;
    hit.owner = owner;
    return true;
  }
  return false;
}

function standsAt(bytes: Uint8Array, text: Uint8Array, start: number, to: number): boolean {
  if (start + text.length > to) return false;
  for (let at = 0; at < text.length; at += 1) if (bytes[start + at] !== text[at]) return false;
  return true;
}

/** Enters the word at an offset of a string; every word that begins so when the string ends before it. */
function enterWords(present: Uint8Array, bytes: Uint8Array, offset: number): void {
  const isWhole = offset + 4 <= bytes.length;
  const low = tripleAt(bytes, offset);
  for (const last of isWhole ? [bytes[offset + 3] as number] : TEXT_BYTES) {
    present[Math.imul(low | (last << 24), SPREAD) >>> PRESENT_SHIFT] = 1;
  }
}

function rarestWindow(bytes: Uint8Array, frequency: Uint16Array): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + WINDOW_BYTES <= bytes.length; start += 1) {
    let sum = 0;
    for (let offset = start; offset < start + 4; offset += 1) sum += frequency[wordBucket(bytes, offset)] as number;
    if (sum < lowest) {
      lowest = sum;
      best = start;
    }
  }
  return best;
}

function wordFrequency(sample: Uint8Array): Uint16Array {
  const frequency = new Uint16Array(BUCKETS);
  for (let at = 0; at + 4 <= sample.length; at += 1) {
    const bucket = wordBucket(sample, at);
    const seen = frequency[bucket] as number;
    if (seen < 0xffff) frequency[bucket] = seen + 1;
  }
  return frequency;
}

function wordBucket(bytes: Uint8Array, at: number): number {
  return Math.imul(tripleAt(bytes, at) | ((bytes[at + 3] as number) << 24), SPREAD) >>> 16;
}

function tripleAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
}

function hash(triple: number): number {
  return Math.imul(triple, SPREAD) >>> 16;
}
