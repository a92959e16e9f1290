import { describe, expect, it } from 'vitest';
import { bytesOf, present, wholeOf } from './quantities.ts';

describe('bytesOf', () => {
  it('reads the forms that the engines print, as powers of 1024', () => {
    expect(bytesOf('768 MB')).toBe(768 * 2 ** 20);
    expect(bytesOf('9.2 MiB')).toBe(Math.round(9.2 * 2 ** 20));
    expect(bytesOf('212M')).toBe(212 * 2 ** 20);
    expect(bytesOf('4096')).toBe(4096);
    expect(bytesOf('1.5 TB')).toBe(1.5 * 2 ** 40);
  });

  it('reads nothing else', () => {
    for (const text of [undefined, '', 'GB', '8 parsecs', 'NaN MB', '1.2.3 GB']) expect(bytesOf(text)).toBeUndefined();
  });
});

describe('wholeOf', () => {
  it('reads whole numbers only, as far as they are exact', () => {
    expect(wholeOf('1,024')).toBe(1024);
    expect(wholeOf('-100')).toBe(-100);
    for (const text of [undefined, '', '1.5', '1e9', '99999999999999999999']) expect(wholeOf(text)).toBeUndefined();
  });
});

describe('present', () => {
  it('drops what is absent and keeps zero', () => {
    expect(present({ a: 0, b: undefined, c: 'x' })).toEqual({ a: 0, c: 'x' });
  });
});
