import { describe, expect, it } from 'vitest';
import { MAX_EXCERPT_BYTES } from './quote.ts';
import { cutToBytes, quotePiece } from './quote-piece.ts';

describe('quotePiece', () => {
  const text = 'one\ntwo\nthree\nfour\n';

  it('counts lines from the place in the text', () => {
    const start = text.indexOf('two');
    expect(quotePiece(text, 's', start, text.indexOf('three') + 5)).toEqual({
      source: 's',
      fromLine: 2,
      toLine: 3,
      excerpt: 'two\nthree',
    });
    expect(quotePiece(text, 's', 0, 3, 10)).toMatchObject({ fromLine: 10, toLine: 10, excerpt: 'one' });
  });

  it('cuts to the longest excerpt and names only the lines it holds', () => {
    const long = `${'a'.repeat(1500)}\n${'b'.repeat(1500)}\nrest`;
    const quote = quotePiece(long, 's', 0, long.length);
    expect(Buffer.byteLength(quote.excerpt)).toBe(MAX_EXCERPT_BYTES);
    expect(quote).toMatchObject({ fromLine: 1, toLine: 2 });
    expect(long).toContain(quote.excerpt);
  });

  it('names no line behind the last one where the piece ends with the end of a line', () => {
    expect(quotePiece('URLError: refused\n', 's', 0, 18)).toMatchObject({
      fromLine: 1,
      toLine: 1,
      excerpt: 'URLError: refused',
    });
    expect(quotePiece('one\ntwo\nthree', 's', 0, 8)).toMatchObject({ fromLine: 1, toLine: 2, excerpt: 'one\ntwo' });
  });

  it('never splits a character', () => {
    const chinese = '数'.repeat(1000);
    const cut = cutToBytes(chinese);
    expect(chinese.startsWith(cut)).toBe(true);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(MAX_EXCERPT_BYTES);
    expect(cut.length).toBe(682);
  });
});
