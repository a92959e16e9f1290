import { describe, expect, it } from 'vitest';
import {
  booleanAt,
  childObject,
  childObjects,
  countAt,
  instantAt,
  numberAt,
  quoteMembers,
  rootObject,
  rootObjects,
  textAt,
} from './json-object.ts';

const document = (body: string) => ({ body, source: 'http/x.json', at: 1 });

describe('objects of a JSON text', () => {
  const body =
    '{\n  "a" : { "n" : 3, "t" : "x", "f" : false },\n  "list" : [ {"k": 1}, 7, {"k": 2} ],\n  "when" : "2026-11-21T10:00:00Z" }';
  const root = rootObject(document(body));
  if (!root) throw new Error('no root');

  it('are read with their members and quoted from the raw text', () => {
    const a = childObject(root, 'a');
    if (!a) throw new Error('no a');
    expect([numberAt(a, 'n'), textAt(a, 't'), booleanAt(a, 'f'), textAt(a, 'n')]).toEqual([3, 'x', false, '']);
    expect(childObjects(root, 'list').map((item) => countAt(item, 'k'))).toEqual([1, 2]);
    expect(instantAt(root, 'when')).toBe(Date.UTC(2026, 10, 21, 10));
    expect(quoteMembers(a, ['n', 't'])).toEqual({
      source: 'http/x.json',
      fromLine: 2,
      toLine: 2,
      excerpt: '"n" : 3, "t" : "x"',
    });
    expect(rootObjects(document('[{"k":1},{"k":2}]')).map((item) => countAt(item, 'k'))).toEqual([1, 2]);
  });

  it('say nothing for what is missing, of another kind, or inherited', () => {
    expect(childObject(root, 'list')).toBeNull();
    expect(childObjects(root, 'a')).toEqual([]);
    expect(textAt(root, 'constructor')).toBe('');
    const hostile = rootObject(document('{"__proto__": {"n": 9}, "n": NaN, "m": -1}'));
    if (!hostile) throw new Error('no root');
    expect([numberAt(hostile, 'n'), countAt(hostile, 'm'), numberAt(hostile, 'm')]).toEqual([null, null, -1]);
    expect(({} as { n?: number }).n).toBeUndefined();
  });

  it('are quoted at the right lines of a large text as well', () => {
    const items = Array.from({ length: 3_000 }, (_, k) => ({ k, text: 'x'.repeat(k % 50) }));
    const text = JSON.stringify({ items }, null, 1);
    const large = rootObject(document(text));
    if (!large) throw new Error('no root');
    const lines = text.split('\n');
    for (const item of childObjects(large, 'items').filter((_, at) => at % 97 === 0)) {
      const quote = quoteMembers(item, ['k']);
      expect(lines[quote.fromLine - 1]?.trim()).toBe(`${quote.excerpt},`);
    }
  });

  it('are null for HTML, half a body and nothing', () => {
    for (const bad of ['<html>502</html>', '{"a": [1, 2', '', '7', '[]']) expect(rootObject(document(bad))).toBeNull();
  });
});
