import { describe, expect, it } from 'vitest';
import { KnownLines } from './known-lines.ts';

const TEXT = { records: [], more: 0, role: 'progress' as const, lastLine: '' };
const key = (known: KnownLines, line: string, owner = 1) => known.keyOf(Buffer.from(line), 0, line.length, owner);

describe('KnownLines', () => {
  const line = (n: number) =>
    `26/11/21 10:00:0${n % 10} INFO DAGScheduler: Job ${n} finished: collect at A.scala:1, took ${n} s`;

  it('knows a line after it came often with nothing new, whatever its numbers', () => {
    const known = new KnownLines();
    for (let n = 0; n < 200; n += 1) {
      expect(known.find(key(known, line(n)))).toBe(n < 100 ? null : TEXT);
      known.repeated(key(known, line(n)), TEXT);
    }
  });

  it('never takes a line that begins otherwise, or was hit by another string, for the same', () => {
    const known = new KnownLines();
    for (let n = 0; n < 200; n += 1) known.repeated(key(known, line(n)), TEXT);
    expect(known.find(key(known, line(7).replace('finished', 'failed')))).toBeNull();
    expect(known.find(key(known, line(7), 2))).toBeNull();
    known.surprised(key(known, line(7)));
    expect(known.find(key(known, line(8)))).toBeNull();
  });
});
