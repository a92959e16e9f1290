import { describe, expect, it } from 'vitest';
import { maskStrings } from './mask-strings.ts';

describe('maskStrings', () => {
  it('masks in lists and objects of any depth, and leaves the rest as it is', () => {
    const value = {
      a: ['x', { b: 'open jdbc:mysql://db/x?user=a&password=hunter2secret now', c: 1, d: null }],
      e: true,
    };
    expect(maskStrings(value)).toEqual({
      a: ['x', { b: 'open jdbc:mysql://db/x?user=a&password=‹masked› now', c: 1, d: null }],
      e: true,
    });
  });

  it('changes nothing the second time', () => {
    const once = maskStrings(['token=abcd1234efgh', 'AKIAABCDEFGHIJKLMNOP', 'plain']);
    expect(once).toEqual(['token=‹masked›', '‹masked›', 'plain']);
    expect(maskStrings(once)).toEqual(once);
  });
});
