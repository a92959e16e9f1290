import { describe, expect, it } from 'vitest';
import { withSettings } from './configure.ts';

describe('withSettings', () => {
  const xml = [
    '<configuration>',
    '  <property><name>a.b</name><value>1</value></property>',
    '  <property><name>a.b.c</name><value>2</value></property>',
    '</configuration>',
    '',
  ].join('\n');

  it('changes what is there, adds what is not, and leaves the rest', () => {
    const changed = withSettings(xml, { 'a.b': 'STOPPED', 'x.y': true });
    expect(changed).toBe(
      [
        '<configuration>',
        '  <property><name>a.b</name><value>STOPPED</value></property>',
        '  <property><name>a.b.c</name><value>2</value></property>',
        '  <property><name>x.y</name><value>true</value></property>',
        '</configuration>',
        '',
      ].join('\n'),
    );
    expect(withSettings(xml, {})).toBe(xml);
  });

  it('does the same in files of lines', () => {
    expect(withSettings('a.b=1\na.b.c=2\n', { 'a.b.c': '6MB', z: 3 })).toBe('a.b=1\na.b.c=6MB\nz=3\n');
  });
});
