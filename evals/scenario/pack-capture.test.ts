import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packCapture } from './pack-capture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-pack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): void {
  const file = path.join(folder, 'from', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

describe('packCapture', () => {
  it('packs what is large, leaves what is small, packed already or the index', () => {
    const long = 'a line of a log\n'.repeat(500);
    put('hosts/n1/var/log/a.log', long);
    put('hosts/n1/btime.txt', '1795259698\n');
    put('hdfs/log.zstd', Buffer.alloc(5000, 1));
    put('http/index.tsv', long);
    const to = path.join(folder, 'to');
    const { files, bytes } = packCapture(path.join(folder, 'from'), to);
    expect(files).toBe(4);
    expect(gunzipSync(readFileSync(path.join(to, 'hosts/n1/var/log/a.log.gz'))).toString()).toBe(long);
    expect(existsSync(path.join(to, 'hosts/n1/var/log/a.log'))).toBe(false);
    expect(readFileSync(path.join(to, 'hosts/n1/btime.txt'), 'utf8')).toBe('1795259698\n');
    expect(readFileSync(path.join(to, 'http/index.tsv'), 'utf8')).toBe(long);
    expect(bytes).toBeLessThan(5000 + 8000 + 400);
  });

  it('writes the same bytes for the same content', () => {
    put('hosts/n1/a.log', 'x\n'.repeat(5000));
    packCapture(path.join(folder, 'from'), path.join(folder, 'one'));
    packCapture(path.join(folder, 'from'), path.join(folder, 'two'));
    const read = (name: string) => readFileSync(path.join(folder, name, 'hosts/n1/a.log.gz'));
    expect(read('one').equals(read('two'))).toBe(true);
    // The header's time (RFC 1952 §2.3.1) is not set.
    expect(read('one').readUInt32LE(4)).toBe(0);
  });
});
