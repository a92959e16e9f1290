import { describe, expect, it } from 'vitest';
import { elementRanges } from './json-ranges.ts';

const elements = (text: string) => elementRanges(text).map(({ start, end }) => text.slice(start, end));

describe('elementRanges', () => {
  it('cuts an array into its elements as they stand', () => {
    expect(elements(' [ {"a":"x]},{[\\"","b":[1,{}]} , 7,"s, t" ,\n[2] ]\n')).toEqual(
      ['{"a":"x]},{[\\"","b":[1,{}]}', '7', '"s, t"', '[2]'].map((text) => text.trimEnd()),
    );
  });

  it('takes an object as its one element', () => {
    expect(elements('{"a":{"b":"}"}}\n')).toEqual(['{"a":{"b":"}"}}']);
  });

  it('ends on broken text', () => {
    expect(elements('')).toEqual([]);
    expect(elements('[')).toEqual([]);
    expect(elements('no')).toEqual([]);
    expect(elements('[{"a":')).toEqual(['{"a":']);
  });
});
