import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('parseJson', () => {
  it('reads what is JSON and is null for the rest', () => {
    expect(parseJson('{"workers":[1,"a"]}')).toEqual({ workers: [1, 'a'] });
    for (const other of ['<html><body>Login</body></html>', '{"workers":[1', '', 'NaN'])
      expect(parseJson(other)).toBeNull();
  });

  it('lets no key of an answer change what objects are', () => {
    const read = parseJson('{"__proto__":{"lost":true}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(read.lost).toBeUndefined();
  });
});
