import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaptureError, openCapture } from './capture-platform.ts';
import { readTail, readText } from './read-text.ts';

let root: string;

function put(name: string, content: string | Buffer): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'wherefore-capture-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('openCapture', () => {
  it('names files by the layout: host, sample time, path, wrapping undone', async () => {
    put('hosts/n1/var/log/a.log', 'plain');
    put('hosts/n1/@20261121T102305Z/proc/meminfo', 'MemTotal: 1 kB');
    put('hosts/n1/var/log/b.log.gz', gzipSync('zipped'));
    put('hdfs/logs/app.zst', Buffer.concat([zstdCompressSync('one '), zstdCompressSync('two')]));
    const platform = await openCapture(root);
    const { files } = await platform.files();
    const bySource = new Map(files.map((file) => [file.source, file]));
    expect([...bySource.keys()]).toEqual([
      'hdfs/logs/app',
      'hosts/n1/@20261121T102305Z/proc/meminfo',
      'hosts/n1/var/log/a.log',
      'hosts/n1/var/log/b.log',
    ]);
    expect(bySource.get('hosts/n1/@20261121T102305Z/proc/meminfo')).toMatchObject({
      host: 'n1',
      path: '/proc/meminfo',
      sampledAt: Date.UTC(2026, 10, 21, 10, 23, 5),
    });
    const read = async (source: string) => (await readText(bySource.get(source) as (typeof files)[number])).text;
    expect(await read('hosts/n1/var/log/b.log')).toBe('zipped');
    expect(await read('hdfs/logs/app')).toBe('one two');
  });

  it('reads only capture/ of an incident folder', async () => {
    put('incident.json', '{"truth":"secret"}');
    put('capture/hosts/n1/x.log', '2026-11-21 10:00:00,000 INFO x');
    const { files } = await (await openCapture(root)).files();
    expect(files.map((file) => file.source)).toEqual(['hosts/n1/x.log']);
  });

  it('answers what was recorded, whatever the order of parameters, and says what was not', async () => {
    put('http/yarn-rm/apps.json', '{"apps":1}');
    put(
      'http/index.tsv',
      'at\tservice\trequest\tstatus\tfile\n20261121T102305Z\tyarn-rm\t/ws/apps?b=2&a=1\t200\thttp/yarn-rm/apps.json\n20261121T102405Z\tyarn-rm\t/ws/etc\t200\t../../etc/passwd\n',
    );
    const platform = await openCapture(root);
    expect(await platform.get('yarn-rm', '/ws/apps?a=1&b=2')).toMatchObject({ status: 200, body: '{"apps":1}' });
    expect(await platform.get('yarn-rm', '/ws/other')).toMatchObject({ miss: 'not_recorded' });
    expect(await platform.get('yarn-rm', '/ws/etc')).toMatchObject({ miss: 'not_recorded' });
    expect(await platform.get('prometheus', '/x')).toMatchObject({ miss: 'not_configured' });
  });

  it('takes the latest time recorded as now', async () => {
    put('hosts/n1/a.log', '26/11/21 10:23:18 INFO X: a\n26/11/21 10:23:20 INFO X: b\n');
    put('hosts/n1/b.log', '2026-11-21 10:24:00,500 INFO y: born 2099-01-01\n');
    expect((await openCapture(root)).now).toBe(Date.UTC(2026, 10, 21, 10, 24, 0, 500));
    expect((await openCapture(root, { at: 5 })).now).toBe(5);
  });

  it('does not follow links and counts what it left out', async () => {
    put('hosts/n1/a.log', 'x');
    symlinkSync('/etc', path.join(root, 'hosts/n1/etc'));
    const { files, skipped } = await (await openCapture(root)).files();
    expect(files.map((file) => file.source)).toEqual(['hosts/n1/a.log']);
    expect(skipped[0]?.en).toContain('1 symbolic link');
  });

  it('names an unusable path', async () => {
    await expect(openCapture(path.join(root, 'nowhere'))).rejects.toThrow(CaptureError);
    await expect(openCapture(root)).rejects.toThrow('is not a capture');
    put('file', 'x');
    await expect(openCapture(path.join(root, 'file'))).rejects.toThrow('is not a folder');
    chmodSync(path.join(root, 'file'), 0o600);
  });

  it('gives the tail of a wrapped file too', async () => {
    put('hosts/n1/a.log.gz', gzipSync('0123456789'.repeat(1000)));
    const { files } = await (await openCapture(root)).files();
    expect((await readTail(files[0] as (typeof files)[number], 4)).toString()).toBe('6789');
  });
});
