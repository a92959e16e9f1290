import { describe, expect, it } from 'vitest';
import { literalIndex } from './literal-index.ts';

describe('literalIndex', () => {
  const index = literalIndex(['No space left', 'Java heap space', 'space left on', '只读文件系统']);

  it('finds every literal that stands in the text, overlapping ones too, each once', () => {
    expect(index.hits('No space left on device. No space left')).toEqual([0, 2]);
    expect(index.hits('挂载为只读文件系统')).toEqual([3]);
  });

  it('finds a literal at the very beginning and the very end', () => {
    expect(index.hits('Java heap space')).toEqual([1]);
    expect(index.hits('x Java heap space')).toEqual([1]);
  });

  it('finds nothing in text without any', () => {
    expect(index.hits('Java heap spac')).toEqual([]);
    expect(index.hits('')).toEqual([]);
    expect(index.any('an ordinary line of a log')).toBe(false);
  });

  it('tells that one occurs', () => {
    expect(index.any(`${'.'.repeat(10_000)}No space left`)).toBe(true);
  });

  it('refuses a literal too short to look for', () => {
    expect(() => literalIndex(['abc'])).toThrow(/shorter/);
  });
});
