import { describe, expect, it } from 'vitest';
import type { Change } from './change.ts';
import { DerivationError, deriveCapture } from './derive-capture.ts';

const INDEX =
  'at\tservice\trequest\tstatus\tfile\nt\tyarn-rm\t/a\t200\thttp/yarn-rm/a.json\nt\tyarn-nm\t/b\t200\thttp/yarn-nm/b.json\n';
const PARENT = new Map(
  Object.entries({
    'hosts/n1/app.log': 'one\ntwo\nthree pid 71\n',
    'hosts/n1/dmesg.txt': 'Killed process 71 (java), pid 71\n',
    'http/index.tsv': INDEX,
    'http/yarn-nm/b.json': '{}',
    'http/yarn-rm/a.json': '{"pid":71}',
  }).map(([name, text]) => [name, Buffer.from(text)]),
);

function derived(...changes: Change[]): Record<string, string> {
  const { capture } = deriveCapture(PARENT, changes);
  return Object.fromEntries([...capture].map(([name, bytes]) => [name, bytes.toString()]));
}

describe('deriveCapture', () => {
  it('leaves the parent as it is', () => {
    const before = new Map(PARENT);
    deriveCapture(PARENT, [{ drop: ['hosts/'] }, { replace: '71', by: '72', times: 1 }]);
    expect(PARENT).toEqual(before);
    expect(derived()).toEqual(Object.fromEntries([...PARENT].map(([name, bytes]) => [name, bytes.toString()])));
  });

  it('drops files and folders, and what the index says of them', () => {
    const files = derived({ drop: ['hosts/n1/dmesg.txt', 'http/yarn-nm/'] });
    expect(Object.keys(files)).toEqual(['hosts/n1/app.log', 'http/index.tsv', 'http/yarn-rm/a.json']);
    expect(files['http/index.tsv']).toBe(INDEX.split('\n').toSpliced(2, 1).join('\n'));
    expect(Object.keys(derived({ keep: ['hosts/n1/app.log'] }))).toEqual(['hosts/n1/app.log']);
  });

  it('cuts after a line, inserts after a line, lets lines say something else', () => {
    const name = 'hosts/n1/app.log';
    expect(derived({ cut: name, after: 2 })[name]).toBe('one\ntwo\n');
    expect(derived({ insert: name, after: 1, lines: ['x', 'y'] })[name]).toBe('one\nx\ny\ntwo\nthree pid 71\n');
    expect(derived({ lines: name, from: 1, to: 2, by: ['z'] })[name]).toBe('z\nthree pid 71\n');
  });

  it('replaces a fact in all its places, or in those of one file', () => {
    const files = derived({ replace: '71', by: '99', times: 4 });
    expect(Object.values(files).join('')).not.toContain('71');
    const one = derived({ replace: '71', by: '99', times: 2, in: 'hosts/n1/dmesg.txt' });
    expect(one['hosts/n1/dmesg.txt']).toBe('Killed process 99 (java), pid 99\n');
    expect(one['http/yarn-rm/a.json']).toBe('{"pid":71}');
  });

  it('renames, and hands lines over to the asker', () => {
    expect(derived({ rename: 'hosts/n1/app.log', to: 'hosts/n1/app.log.1' })).not.toHaveProperty('hosts/n1/app.log');
    const { capture, attachments } = deriveCapture(PARENT, [
      { attach: 'hosts/n1/app.log', as: 'pasted.txt', from: 2, to: 3 },
    ]);
    expect(attachments.get('pasted.txt')?.toString()).toBe('two\nthree pid 71\n');
    expect(capture.has('hosts/n1/app.log')).toBe(false);
  });

  const useless: Change[] = [
    { drop: ['hosts/n2/'] },
    { keep: ['hosts/n1/other.log'] },
    { cut: 'hosts/n1/app.log', after: 4 },
    { insert: 'hosts/n1/none.log', after: 1, lines: ['x'] },
    { lines: 'hosts/n1/app.log', from: 3, to: 5, by: [] },
    { replace: '71', by: '99', times: 3 },
    { rename: 'hosts/n1/none.log', to: 'x' },
    { attach: 'hosts/n1/app.log', as: 'x', to: 9 },
  ];
  it.each(useless)('refuses a change that does not fit: %j', (change) => {
    expect(() => deriveCapture(PARENT, [change])).toThrow(DerivationError);
  });
});
