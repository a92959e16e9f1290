import { describe, expect, it } from 'vitest';
import { ByteWindow } from './byte-window.ts';
import { KnownLines } from './known-lines.ts';
import { returnKernel, takeKernel } from './scan-kernel.ts';

const TEXT = { records: [], more: 0, role: 'progress' as const, lastLine: '' };
function windowOf(line: string): ByteWindow {
  const kernel = takeKernel(1024);
  const window = new ByteWindow(kernel, 0);
  window.length = window.bytes.write(line);
  returnKernel(kernel);
  return window;
}

const key = (known: KnownLines, line: string, owner = 1) => known.keyOf(windowOf(line), 0, owner);

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

  it('counts known lines and remembers the last one', () => {
    const known = new KnownLines();
    const text = { ...TEXT };
    for (let n = 0; n < 100; n += 1) known.repeated(key(known, line(n)), text);
    const window = windowOf(line(777));
    expect(known.count(window, 30, 1)).toBe(true);
    expect(known.count(window, 30, 2)).toBe(false);
    known.noteLastLines(window);
    expect(text).toMatchObject({ more: 1, lastLine: line(777).slice(0, 96) });
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
