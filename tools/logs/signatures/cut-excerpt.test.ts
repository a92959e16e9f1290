import { describe, expect, it } from 'vitest';
import { MAX_EXCERPT_BYTES } from '../../evidence/quote.ts';
import { cutExcerpt } from './cut-excerpt.ts';

describe('cutExcerpt', () => {
  it('takes the whole lines that hold the match', () => {
    const text = 'first line\nsecond says it here\nthird';
    const start = text.indexOf('says');
    expect(cutExcerpt(text, start, start + 4)).toBe('second says it here');
  });

  it('takes all lines of a match that spans several', () => {
    const text = 'a\nb one\nc two\nd';
    expect(cutExcerpt(text, text.indexOf('one'), text.indexOf('two') + 3)).toBe('b one\nc two');
  });

  it('leaves a carriage return at the end of the line out', () => {
    expect(cutExcerpt('a\r\nword\r\nb', 3, 7)).toBe('word');
  });

  it('cuts a giant line around the match, in bytes and between characters', () => {
    const text = `${'汉'.repeat(5000)}MATCH${'汉'.repeat(5000)}`;
    const excerpt = cutExcerpt(text, 5000, 5005);
    expect(excerpt).toContain('MATCH');
    expect(text).toContain(excerpt);
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(MAX_EXCERPT_BYTES);
    expect(excerpt).not.toContain('\uFFFD');
  });

  it('cuts a match that is itself too long at its end', () => {
    const text = `x ${'😀'.repeat(2000)} y`;
    const excerpt = cutExcerpt(text, 2, text.length - 2);
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(MAX_EXCERPT_BYTES);
    expect(excerpt.startsWith('😀')).toBe(true);
    expect(excerpt.endsWith('😀')).toBe(true);
  });
});
