import { describe, expect, it } from 'vitest';
import { elementRanges, memberRanges, rangeAt, rootRange } from './json-ranges.ts';

const cut = (body: string, range: { start: number; end: number } | null | undefined) =>
  range ? body.slice(range.start, range.end) : null;

describe('json ranges', () => {
  const body = '{ "apps" : {"app":[{"id":"a","text":"x \\"] } \\\\"},{"id":"b","n":NaN}]} }';

  it('finds a value by its path, whatever brackets stand in strings', () => {
    const list = rangeAt(body, ['apps', 'app']);
    const [first, second] = elementRanges(body, list ?? { start: 0, end: 0 });
    expect(cut(body, first)).toBe('{"id":"a","text":"x \\"] } \\\\"}');
    expect(cut(body, second)).toBe('{"id":"b","n":NaN}');
    expect(cut(body, memberRanges(body, first ?? { start: 0, end: 0 }).get('text'))).toBe('"x \\"] } \\\\"');
  });

  it('keeps the whole elements of an answer that was cut', () => {
    const broken = body.slice(0, body.indexOf('"n"'));
    const list = rangeAt(broken, ['apps', 'app']);
    expect(elementRanges(broken, list ?? { start: 0, end: 0 }).map((range) => cut(broken, range))[0]).toContain('"a"');
  });

  it('takes a lone object for an array of one, and knows no value in a web page', () => {
    expect(elementRanges('{"a":1}', { start: 0, end: 7 })).toEqual([{ start: 0, end: 7 }]);
    expect(rootRange('<!DOCTYPE html>')).toBeNull();
    expect(rangeAt('[1,2]', ['apps'])).toBeNull();
  });

  it('treats __proto__ as a key like any other', () => {
    const hostile = '{"__proto__":{"x":1},"constructor":2}';
    const members = memberRanges(hostile, { start: 0, end: hostile.length });
    expect([...members.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it('reads a deep and a long answer in time that grows with its length', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(rootRange(deep)).toEqual({ start: 0, end: 400_000 });
    const slashes = `{"a":"${'\\\\'.repeat(200_000)}"}`;
    expect(cut(slashes, rangeAt(slashes, ['a']))?.length).toBe(400_002);
  });
});
