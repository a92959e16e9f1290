import { describe, expect, it } from 'vitest';
import { bytesOf } from './bytes-of.ts';

describe('bytesOf', () => {
  it('reads sizes as engines print them, in powers of 1024', () => {
    expect(['4096', '768 MB', '9.2 MiB', '256k', '1,024 B'].map(bytesOf)).toEqual([
      4096, 805_306_368, 9_646_899, 262_144, 1024,
    ]);
  });

  it('knows nothing of other units, words and no text', () => {
    expect(['5 parsecs', 'much', '', '1.2.3 MB', undefined].map(bytesOf)).toEqual(Array(5).fill(undefined));
  });
});
