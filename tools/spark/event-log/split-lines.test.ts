import { describe, expect, it } from 'vitest';
import { lineSplitter } from './split-lines.ts';

function split(chunks: readonly string[], maxLineBytes = 1_000) {
  const lines: string[] = [];
  const tooLong: number[] = [];
  const splitter = lineSplitter(
    (bytes, start, end, last) => lines.push(`${bytes.toString('utf8', start, end)}${last ? '$' : ''}`),
    (bytes) => tooLong.push(bytes),
    maxLineBytes,
  );
  for (const chunk of chunks) splitter.feed(Buffer.from(chunk));
  splitter.finish();
  return { lines, tooLong };
}

describe('lineSplitter', () => {
  it('gives the same lines however the chunks fall', () => {
    const text = 'one\n\nthree is longer\nend';
    for (let size = 1; size <= text.length; size += 1) {
      const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(split(chunks).lines).toEqual(['one', '', 'three is longer', 'end$']);
    }
  });

  it('skips a line over the limit and goes on behind it', () => {
    for (const chunks of [['a\n', 'x'.repeat(50), 'y\nb\n'], [`a\n${'x'.repeat(51)}\nb\n`]]) {
      const { lines, tooLong } = split(chunks, 20);
      expect(lines).toEqual(['a', 'b']);
      expect(tooLong).toEqual([51]);
    }
  });

  it('says nothing of an end behind a line feed', () => {
    expect(split(['a\n']).lines).toEqual(['a']);
    expect(split([]).lines).toEqual([]);
  });
});
