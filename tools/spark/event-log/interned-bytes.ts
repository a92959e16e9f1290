import { hashOfBytes } from './hash-of-bytes.ts';
import type { StringTable } from './string-table.ts';

/** Position of a byte range in a table of strings, without making a string for one that was seen before. */
export function internedBytes(table: StringTable): (bytes: Buffer, start: number, end: number) => number {
  const seen = new Map<number, { bytes: Buffer; index: number }>();
  return (bytes, start, end) => {
    const hash = hashOfBytes(bytes, start, end) & 0x3fffffff;
    const known = seen.get(hash);
    if (known !== undefined && known.bytes.length === end - start) {
      let at = 0;
      while (at < known.bytes.length && known.bytes[at] === bytes[start + at]) at += 1;
      if (at === known.bytes.length) return known.index;
    }
    const index = table.index(bytes.toString('utf8', start, end));
    seen.set(hash, { bytes: Buffer.from(bytes.subarray(start, end)), index });
    return index;
  };
}
