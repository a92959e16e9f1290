import { describe, expect, it } from 'vitest';
import { returnKernel, takeKernel, windowSlot, wordSlot } from './scan-kernel.ts';

/** A small repeatable source of numbers (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the scan kernel', () => {
  it('counts newlines as plain code does, whatever the range', () => {
    const kernel = takeKernel(100_000);
    const next = numbers(1);
    for (let at = 0; at < kernel.bytes.length; at += 1) kernel.bytes[at] = next() < 0.2 ? 10 : Math.floor(next() * 256);
    for (let round = 0; round < 200; round += 1) {
      const from = Math.floor(next() * 50_000);
      const to = from + Math.floor(next() * (round % 2 === 0 ? 40 : 50_000));
      const plain = kernel.bytes.subarray(from, to).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
      expect(kernel.newlines(from, to)).toBe(plain);
    }
    returnKernel(kernel);
  });

  it('finds a word in a known window wherever it lies, and nothing else', () => {
    const kernel = takeKernel(4_096);
    kernel.bytes.fill(46);
    kernel.wordPlaces.fill(0);
    kernel.windows.fill(0);
    const window = Buffer.from('Killed ');
    for (let place = 0; place < 4; place += 1) {
      const slot = wordSlot(window.readInt32LE(place));
      kernel.wordPlaces[slot] = (kernel.wordPlaces[slot] ?? 0) | (1 << place);
    }
    kernel.windows[windowSlot(window.readInt32LE(0), window.readInt32LE(3))] = 1;
    expect(kernel.find(0, 4_096)).toBe(4_096);
    for (let at = 0; at < 4_096 - 7; at += 1) {
      kernel.bytes.fill(46);
      window.copy(kernel.bytes, at);
      const found = kernel.find(0, 4_096);
      expect(found >= at && found < at + 4, `window at ${at}, found ${found}`).toBe(true);
    }
    kernel.bytes.fill(46);
    kernel.bytes.write('KilleX ', 100);
    expect(kernel.find(0, 4_096)).toBe(4_096);
    returnKernel(kernel);
  });
});
