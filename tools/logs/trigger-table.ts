import { type ScanKernel, TABLE_BYTES, windowSlot, wordSlot } from './scan-kernel.ts';

/**
 * Many fixed strings, prepared for finding any of them in bytes at nearly the speed of memory.
 *
 * From each string a window of seven bytes is chosen, the one that is rarest in a sample of the text to be scanned. However the window
 * lies to the 4-byte words of memory, one whole word lies inside of it: so one look per word into a table of hashed
 * words is enough to miss nothing. In a string of six bytes the window's last byte is not its own: there every byte that text has is
 * entered.
 */
export interface TriggerTable {
  /** Contents of the kernel's tables. */
  wordPlaces: Uint8Array;
  windows: Uint8Array;
  /** By `windowSlot`, reduced to 16 bits: first entry; 0 for none. */
  heads: Uint16Array;
  /** Entries: which string, where its window begins in it, the next entry. */
  owners: Uint16Array;
  offsets: Uint16Array;
  nexts: Uint16Array;
  strings: readonly Uint8Array[];
}

/** A shorter string cannot be looked for this way. */
export const MIN_TRIGGER_BYTES = 6;
const WINDOW_BYTES = 7;
/** Places that the first byte of a word can have in a window. */
const PLACES = 4;
const BUCKETS = 1 << 16;
const MAX_STRINGS = 8_000;
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

/** Builds a table. Strings shorter than `MIN_TRIGGER_BYTES` are left out: the caller gives them a longer companion. */
export function buildTriggers(strings: readonly string[], sample: Uint8Array): TriggerTable {
  const usable = [...new Set(strings)]
    .map((text) => Buffer.from(text))
    .filter((bytes) => bytes.length >= MIN_TRIGGER_BYTES);
  if (usable.length > MAX_STRINGS) throw new Error(`more than ${MAX_STRINGS} triggers`);
  const frequency = wordFrequency(sample);
  const table = {
    wordPlaces: new Uint8Array(TABLE_BYTES),
    windows: new Uint8Array(TABLE_BYTES),
    heads: new Uint16Array(BUCKETS),
    owners: [0],
    offsets: [0],
    nexts: [0],
  };
  for (const [owner, bytes] of usable.entries()) {
    const start = rarestWindow(bytes, frequency);
    for (const window of windowsAt(bytes, start)) {
      for (let place = 0; place < PLACES; place += 1) {
        const slot = wordSlot(window.readInt32LE(place));
        table.wordPlaces[slot] = (table.wordPlaces[slot] as number) | (1 << place);
      }
      const slot = windowSlot(window.readInt32LE(0), window.readInt32LE(WINDOW_BYTES - 4));
      const bucket = slot & (BUCKETS - 1);
      table.windows[slot] = 1;
      table.nexts.push(table.heads[bucket] as number);
      table.heads[bucket] = table.owners.length;
      table.owners.push(owner);
      table.offsets.push(start);
    }
  }
  const { owners, offsets, nexts } = table;
  return {
    ...table,
    owners: Uint16Array.from(owners),
    offsets: Uint16Array.from(offsets),
    nexts: Uint16Array.from(nexts),
    strings: usable,
  };
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
 * @param kernel memory that holds the bytes, and the table's contents in its own tables
 */
export function findTrigger(
  table: TriggerTable,
  kernel: ScanKernel,
  from: number,
  to: number,
  hit: TriggerHit,
): boolean {
  // A string of six bytes may end in the middle of the last word.
  const end = to + 3;
  for (let at = kernel.find(from & ~3, end); at < to; at = kernel.find(at + 4, end)) {
    for (let place = 0; place < PLACES; place += 1) {
      const window = at - place;
      if (window >= 0 && verify(table, kernel.bytes, window, from, to, hit)) return true;
    }
  }
  return false;
}

function verify(
  table: TriggerTable,
  bytes: Buffer,
  window: number,
  from: number,
  to: number,
  hit: TriggerHit,
): boolean {
  if (window + WINDOW_BYTES > bytes.length) return verifyAtEnd(table, bytes, window, from, to, hit);
  const slot = windowSlot(bytes.readInt32LE(window), bytes.readInt32LE(window + WINDOW_BYTES - 4));
  if (table.windows[slot] === 0) return false;
  const { heads, nexts, owners, offsets, strings } = table;
  for (let entry = heads[slot & (BUCKETS - 1)] as number; entry !== 0; entry = nexts[entry] as number) {
    const owner = owners[entry] as number;
    const start = window - (offsets[entry] as number);
    if (start < from || !standsAt(bytes, strings[owner] as Uint8Array, start, to)) continue;
    hit.at = start;
    hit.owner = owner;
    return true;
  }
  return false;
}

/** At the memory's very end a window cannot be read whole: the few strings of six bytes are compared one by one. */
function verifyAtEnd(
  { strings }: TriggerTable,
  bytes: Buffer,
  start: number,
  from: number,
  to: number,
  hit: TriggerHit,
): boolean {
  for (const [owner, text] of strings.entries()) {
    if (start < from || !standsAt(bytes, text, start, to)) continue;
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

/** The window at an offset; one for each byte that may follow when the string ends before it. */
function windowsAt(bytes: Buffer, start: number): Buffer[] {
  const own = bytes.subarray(start, start + WINDOW_BYTES);
  return own.length === WINDOW_BYTES ? [own] : TEXT_BYTES.map((byte) => Buffer.concat([own, Buffer.of(byte)]));
}

function rarestWindow(bytes: Buffer, frequency: Uint16Array): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + WINDOW_BYTES <= bytes.length; start += 1) {
    let sum = 0;
    for (let place = 0; place < PLACES; place += 1)
      sum += frequency[wordSlot(bytes.readInt32LE(start + place)) >>> 3] as number;
    if (sum < lowest) {
      lowest = sum;
      best = start;
    }
  }
  return best;
}

function wordFrequency(sample: Uint8Array): Uint16Array {
  const frequency = new Uint16Array(TABLE_BYTES >>> 3);
  const bytes = Buffer.from(sample.buffer, sample.byteOffset, sample.length);
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const slot = wordSlot(bytes.readInt32LE(at)) >>> 3;
    const seen = frequency[slot] as number;
    if (seen < 0xffff) frequency[slot] = seen + 1;
  }
  return frequency;
}
