import { describe, expect, it } from 'vitest';
import { parsePlainYaml } from './parse-plain-yaml.ts';

const read = (text: string) => JSON.parse(JSON.stringify(parsePlainYaml(text)));

describe('parsePlainYaml', () => {
  it('reads nested blocks, lists at either indent, quotes, comments and block texts', () => {
    const text = `---
# settings
a: 1 # one
b:
- name: x
  cluster:
    server: https://h:6443
- name: 'it''s'
  list:
    - "q\\"uoted"
    - plain text
c: ""
d: {}
e: |
  line one
  line two
f: ~
"g h": true
`;
    expect(read(text)).toEqual({
      a: '1',
      b: [
        { name: 'x', cluster: { server: 'https://h:6443' } },
        { name: "it's", list: ['q"uoted', 'plain text'] },
      ],
      c: '',
      d: {},
      e: 'line one\nline two\n',
      f: null,
      'g h': 'true',
    });
  });

  it('reads JSON, and nothing as nothing', () => {
    expect(read('{"a": [1]}')).toEqual({ a: [1] });
    expect(read('# only a comment\n')).toBeNull();
  });

  it('refuses what it does not understand by the line’s number, never with its text', () => {
    for (const text of [
      'a: &s3cret x',
      'a: *s3cret',
      'a: !!s3cret x',
      '\ta: s3cret',
      'a: 1\n    s3cret: 2\n',
      's3cret',
      'a: s3cret\n---\nb: 2\n',
    ])
      expect(() => parsePlainYaml(text)).toThrow(/^line \d+ is no plain YAML$/);
    const deep = Array.from({ length: 60 }, (_, at) => `${' '.repeat(at)}k:`).join('\n');
    expect(() => parsePlainYaml(deep)).toThrow(RangeError);
  });

  it('takes hostile text in time that grows with its size', () => {
    const startedAt = performance.now();
    for (const text of [
      `a: "${'\\'.repeat(200_000)}`,
      `${' '.repeat(200_000)}x`,
      `a:${' '.repeat(200_000)}#`,
      'a: '.repeat(60_000),
    ])
      try {
        parsePlainYaml(text);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('sets no prototype by a key', () => {
    const value = parsePlainYaml('__proto__:\n  polluted: yes\n') as object;
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(value)).toEqual(['__proto__']);
  });
});
