import { describe, expect, it } from 'vitest';
import { LevelFinder } from './level-finder.ts';

function positions(text: string): number[] {
  const finder = new LevelFinder();
  const bytes = Buffer.from(text);
  const found: number[] = [];
  for (let at = finder.next(bytes, 0, bytes.length); at !== -1; at = finder.next(bytes, at + 1, bytes.length))
    found.push(at);
  return found;
}

describe('LevelFinder', () => {
  it('finds level words as layouts print them', () => {
    expect(positions('26/11/21 10:00:00 WARN A: x')).toEqual([18]);
    expect(positions('ERROR first\n[FATAL] second')).toEqual([0, 13]);
    expect(positions('"level":"WARN","x"')).toEqual([9]);
    expect(positions('\x1b[31mERROR\x1b[0m x')).toEqual([5]);
    expect(positions('WARNING: An illegal reflective access')).toEqual([0]);
  });

  it('leaves words alone that only contain one', () => {
    expect(positions('FORWARN ERROR_CODE WARNa xERROR ERROR1 9WARN')).toEqual([]);
  });

  it('looks at new bytes only, and keeps its place when the front moves away', () => {
    const finder = new LevelFinder();
    const bytes = Buffer.from('abc WARN def ERROR ghi');
    expect(finder.next(bytes, 0, 10)).toBe(4);
    expect(finder.next(bytes, 5, 12)).toBe(-1);
    expect(finder.next(bytes, 5, bytes.length)).toBe(13);
    finder.shift(4);
    expect(finder.next(bytes.subarray(4), 5, bytes.length - 4)).toBe(9);
  });
});
