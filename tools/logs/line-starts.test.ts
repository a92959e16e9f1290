import { describe, expect, it } from 'vitest';
import { blockAround } from './block-around.ts';
import { type LineLayout, learnLayout } from './line-layout.ts';
import { LineStarts } from './line-starts.ts';

const RECORD = '26/11/21 10:00:00 ERROR Executor: failed\n';
const PRINT = 'java.lang.OutOfMemoryError: Java heap space\n';
const layout: LineLayout = learnLayout(PRINT.repeat(20));

function starts(text: string): number[] {
  return [...text.matchAll(/^/gm)].map(({ index }) => index).filter((at) => at < text.length);
}

describe('LineStarts', () => {
  it('says of every line what a look at the line itself says, in whatever order it is asked', () => {
    const text = (PRINT.repeat(3) + RECORD).repeat(4);
    const bytes = Buffer.from(text);
    const known = new LineStarts();
    const lines = starts(text);
    const order = [...lines, ...lines.toReversed(), ...lines];
    for (const at of order) {
      const end = text.indexOf('\n', at) + 1;
      expect([at, known.begins(layout, bytes, at, end)]).toEqual([at, text.startsWith('26/', at)]);
    }
  });

  it('gives the same blocks as without it, hit after hit, and after the window has moved', () => {
    const text = (PRINT.repeat(200) + RECORD + PRINT.repeat(5)).repeat(3);
    const bytes = Buffer.from(text);
    const known = new LineStarts();
    let floor = 0;
    for (const { index } of text.matchAll(/OutOfMemoryError/g)) {
      const block = blockAround(bytes, layout, index, floor, bytes.length, known);
      expect(block).toEqual(blockAround(bytes, layout, index, floor, bytes.length));
      floor = block.prefixed ? block.stop : block.hitLineEnd;
    }
    const cut = PRINT.length * 16;
    known.shift(text.length - cut);
    const moved = bytes.subarray(bytes.length - cut);
    const at = moved.lastIndexOf('OutOfMemoryError');
    expect(blockAround(moved, layout, at, 0, cut, known)).toEqual(blockAround(moved, layout, at, 0, cut));
  });

  it('does not remember a line whose end is not there yet', () => {
    const known = new LineStarts();
    const half = Buffer.from('26/11/21 10:00');
    expect(known.begins(layout, half, 0, half.length)).toBe(false);
    const whole = Buffer.from(RECORD);
    expect(known.begins(layout, whole, 0, whole.length)).toBe(true);
  });
});
