import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { composedKill, fixtureLog } from '../memory/rules/host-memory-fixture.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { kernelLogKind, readKernelLog } from './read-kernel-log.ts';

const DMESG = fixtureLog('own-limit.dmesg.txt');
const SYSLOG = Array.from(
  { length: 30 },
  (_, at) => `Nov 21 10:22:${10 + at} node7 systemd[1]: Started something ${at}.`,
).join('\n');

describe('kernelLogKind', () => {
  it('knows a kernel log by its content, whatever its name and place', () => {
    expect(kernelLogKind('/opt/support/x.out', DMESG.slice(0, 8192))).toBe('kernel');
    expect(kernelLogKind('/var/log/messages', SYSLOG)).toBe('mixed');
    expect(kernelLogKind('/var/log/kern.log', 'Nov 21 10:22:10 node7 kernel: [    1.000001] x\n')).toBe('kernel');
    expect(kernelLogKind('/j.json', '{"__REALTIME_TIMESTAMP":"1","_TRANSPORT":"syslog","MESSAGE":"x"}\n')).toBe(
      'mixed',
    );
  });

  it('takes an empty dmesg for a kernel log without lines, and no other empty file', () => {
    expect(kernelLogKind('/dmesg.txt', '')).toBe('kernel');
    expect(kernelLogKind('/var/log/app.log', '')).toBeNull();
  });

  it.each([
    '/data/yarn/logs/application_1700000000000_0042/container_e12_1700000000000_0042_01_000008/stderr',
    '/var/log/pods/ads_x_5f1c2a34/executor/0.log',
    '/opt/spark/work/app-20261121103643-0001/0/stdout',
    '/var/lib/docker/containers/abc/abc-json.log',
    '/hadoop/usercache/bob/dmesg.txt',
  ])('believes no kernel text where user programs write: %s', (place) => {
    expect(kernelLogKind(place, DMESG.slice(0, 8192))).toBeNull();
  });

  it("is not deceived by a program's own log", () => {
    const spark = Array.from(
      { length: 20 },
      (_, at) => `26/11/21 10:22:${10 + at} INFO Executor: Running task ${at}`,
    ).join('\n');
    expect(kernelLogKind('/var/log/spark.log', spark)).toBeNull();
    const one = `${spark}\n[ 1458.396534] Memory cgroup out of memory: Killed process 9 (java) total-vm:1kB, anon-rss:1kB, file-rss:1kB\n`;
    expect(kernelLogKind('/var/log/spark.log', one)).toBeNull();
  });
});

describe('readKernelLog', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kernel-log-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string | Buffer, wrapping: PlatformFile['wrapping'] = 'none'): PlatformFile {
    const realPath = path.join(folder, name);
    writeFileSync(realPath, content);
    return {
      source: name,
      realPath,
      origin: 'host',
      host: 'node7',
      path: `/${name}`,
      storedBytes: content.length,
      wrapping,
    };
  }

  it("reads the kernel's lines out of a mixed syslog, forged ones of other daemons left aside", async () => {
    const kill = composedKill({ full: '/a', task: '/a', victim: [9, 1000, 0, 'java'] });
    const kernel = kill.replaceAll(/^/gm, 'Nov 21 10:22:41 node7 kernel: ');
    const forged =
      'Nov 21 10:22:42 node7 app[7]: kernel: [  100.000001] Memory cgroup out of memory: Killed process 99 (java) total-vm:1kB, anon-rss:1kB, file-rss:1kB';
    const { facts } = await readKernelLog(file('messages', `${SYSLOG}\n${kernel}\n${forged}\n`), {
      source: 'messages',
      now: Date.UTC(2026, 10, 22),
      mixed: true,
    });
    expect(facts.kills.map((entry) => entry.pid)).toEqual([9]);
    expect(facts.kills[0]?.quotes.killed?.fromLine).toBe(30 + kill.split('\n').length);
    expect(facts.otherLines).toBe(31);
  });

  it('reads a wrapped file, and what there is of a damaged one', async () => {
    const wrapped = gzipSync(DMESG);
    const whole = await readKernelLog(file('a.gz', wrapped, 'gzip'), { source: 'a' });
    expect(whole.facts.kills).toHaveLength(1);
    const half = await readKernelLog(file('b.gz', wrapped.subarray(0, wrapped.length >> 1), 'gzip'), { source: 'b' });
    expect(half.facts.kills.length).toBeLessThanOrEqual(1);
  });

  it('holds a line without end in bounded memory', async () => {
    const giant = Buffer.concat([
      Buffer.from('[    1.000001] '),
      Buffer.alloc(40 << 20, 0x78),
      Buffer.from(`\n${DMESG}`),
    ]);
    const { facts } = await readKernelLog(file('giant', giant), { source: 'giant' });
    expect(facts.kills).toHaveLength(1);
    expect(facts.kills[0]?.quotes.killed?.fromLine).toBe(DMESG.trimEnd().split('\n').length + 1);
  });
});
