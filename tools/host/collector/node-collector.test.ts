import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logRequest, MAX_LOG_WINDOW_BYTES, NODE_FACTS, NODE_INFO, NODE_LOGS } from '../../platform/node-protocol.ts';
import { isFactPath } from './allowed-paths.ts';
import { kernelLines } from './kernel-messages.ts';
import { type NodeCollector, startNodeCollector } from './node-collector.ts';

const TOKEN = 'a-token-of-some-length';
const KERNEL = '[   12.000001] Out of memory: Killed process 7 (java) total-vm:1kB, anon-rss:1kB\n';
let folder = '';
let root = '';
let collector: NodeCollector;

function put(name: string, content: string | Buffer): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-node-'));
  root = path.join(folder, 'root');
  writeFileSync(path.join(mkdtempSync(path.join(folder, 'out-')), 'x'), '');
  writeFileSync(path.join(folder, 'outside.log'), 'outside of the root');
  put('proc/meminfo', 'MemTotal: 1 kB\n');
  put('proc/stat', 'cpu  1 2 3 4 5 6 7 8\nbtime 1795258000\n');
  put('proc/1/mounts', '/dev/sda1 / ext4 rw 0 0\n');
  put('proc/77/status', 'Name:\tjava\nState:\tS (sleeping)\nVmRSS:\t 5 kB\n');
  put('proc/77/cmdline', 'java\0-Dpassword=hunter2\0--token\0abcdefgh\0Main\0');
  put('proc/77/environ', 'SECRET=environment');
  put('proc/77/mem', 'memory');
  put('proc/78/status', 'Name:\tkworker\nState:\tI (idle)\n');
  put('sys/fs/cgroup/memory/hadoop-yarn/memory.limit_in_bytes', '1024\n');
  put('sys/fs/cgroup/memory/hadoop-yarn/cgroup.event_control', 'write only\n');
  put('sys/kernel/security/memory.stat', 'not a control group\n');
  put('etc/shadow', 'root:secret:1\n');
  put('etc/timezone', 'Asia/Shanghai\n');
  put('var/log/yarn/nm.log', `${'x'.repeat(99)}\n`.repeat(1000));
  put('var/log/auth.log', 'Accepted password for somebody\n');
  put('var/log/empty.log', '');
  put('data/logs/app.log', 'on another disk\n');
  put('var/log/huge.log', 'begins\n');
  truncateSync(path.join(root, 'var/log/huge.log'), 50 * 2 ** 30);
  symlinkSync('/etc/shadow', path.join(root, 'var/log/absolute.log'));
  symlinkSync('../../etc/shadow', path.join(root, 'var/log/relative.log'));
  symlinkSync(path.join(folder, 'outside.log'), path.join(root, 'var/log/outside.log'));
  symlinkSync('/', path.join(root, 'var/log/everything'));
  symlinkSync('data/logs', path.join(root, 'linked'));
  execFileSync('mkfifo', [path.join(root, 'var/log/pipe.log')]);
  collector = await startNodeCollector({
    address: '127.0.0.1',
    port: 0,
    token: TOKEN,
    root,
    logFolders: ['/var/log', '/linked'],
    kernelMessages: async () => KERNEL,
  });
});

afterAll(async () => {
  await collector.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request sent as it is typed: `fetch` would tidy up `..` before sending. */
function ask(target: string, token: string | null = TOKEN, method = 'GET'): Promise<{ status: number; body: Buffer }> {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(collector.url);
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    const sent = request({ hostname, port, path: target, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }));
    });
    sent.on('error', failed);
    sent.end();
  });
}

describe('facts', () => {
  it('are the kernel’s files of the allow-list, arguments masked, and nothing else', async () => {
    const { status, body } = await ask('/v1/facts');
    const facts = NODE_FACTS.parse(JSON.parse(body.toString()));
    expect(status).toBe(200);
    const files = new Map(facts.files.map((file) => [file.path, file.text]));
    expect([...files.keys()].sort()).toEqual([
      '/btime.txt',
      '/dmesg.txt',
      '/etc/timezone',
      '/proc/77/cmdline',
      '/proc/77/status',
      '/proc/meminfo',
      '/proc/mounts',
      '/proc/stat',
      '/sys/fs/cgroup/memory/hadoop-yarn/memory.limit_in_bytes',
    ]);
    expect(files.get('/dmesg.txt')).toBe(KERNEL);
    expect(files.get('/btime.txt')).toBe('1795258000\n');
    expect(files.get('/proc/77/cmdline')).toBe('java -Dpassword=‹masked› --token ‹masked› Main');
    expect(body.includes('hunter2') || body.includes('environment') || body.includes('secret')).toBe(false);
  });

  it('are of control groups only where control groups are', () => {
    expect(isFactPath('/sys/fs/cgroup/a/memory.stat')).toBe(true);
    for (const other of ['/srv/x/memory.stat', '/proc/1/environ', '/proc/1/cwd/etc/shadow', '/proc/kcore', '/dev/mem'])
      expect([other, isFactPath(other)]).toEqual([other, false]);
  });
});

describe('logs', () => {
  it('are listed without links, pipes, empty files and who logged in', async () => {
    const logs = NODE_LOGS.parse(JSON.parse((await ask('/v1/logs')).body.toString()));
    expect(logs.files.map(({ path: name, bytes }) => [name, bytes]).sort()).toEqual([
      ['/linked/app.log', 16],
      ['/var/log/huge.log', 50 * 2 ** 30],
      ['/var/log/yarn/nm.log', 100_000],
    ]);
  });

  it('are given by windows, cut at the file’s end', async () => {
    const read = async (from: number, bytes: number) => await ask(logRequest('/var/log/yarn/nm.log', from, bytes));
    expect((await read(99_990, 500)).body.toString()).toBe(`${'x'.repeat(9)}\n`);
    expect((await read(0, 3)).body.toString()).toBe('xxx');
    expect(await read(200_000, 3)).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect((await ask(logRequest('/linked/app.log', 0, 50))).body.toString()).toBe('on another disk\n');
  });

  it('of any size cost one window', async () => {
    const end = 50 * 2 ** 30 - 1000;
    expect((await ask(logRequest('/var/log/huge.log', end, MAX_LOG_WINDOW_BYTES))).body).toHaveLength(1000);
    expect((await ask(logRequest('/var/log/huge.log', 0, MAX_LOG_WINDOW_BYTES))).body).toHaveLength(
      MAX_LOG_WINDOW_BYTES,
    );
    for (const [from, bytes] of [
      ['0', '4194305'],
      ['-1', '5'],
      ['1e3', '5'],
      ['0', ''],
      ['99999999999999999', '5'],
      ['NaN', '1'],
    ])
      expect((await ask(`/v1/log?path=%2Fvar%2Flog%2Fhuge.log&from=${from}&bytes=${bytes}`)).status).toBe(400);
  });
});

describe('the way out', () => {
  it.each([
    '/var/log/../../etc/shadow',
    '/var/log/./yarn/nm.log',
    '/var/log//yarn/nm.log',
    'var/log/yarn/nm.log',
    '/etc/shadow',
    '/proc/meminfo',
    '/proc/77/environ',
    '/var/log/auth.log',
    '/var/log/absolute.log',
    '/var/log/relative.log',
    '/var/log/outside.log',
    '/var/log/everything/etc/shadow',
    '/var/log/pipe.log',
    '/var/log/yarn',
    '/var/log',
    '/var/logs/x',
    '/var/log/no-such.log',
    '/var/log/yarn/nm.log\0.txt',
    '',
  ])('%j is not there', async (asked) => {
    expect(await ask(logRequest(asked, 0, 100))).toMatchObject({ status: 404, body: Buffer.alloc(0) });
  });

  it.each([
    '/v1/log?path=/var/log/%2e%2e/%2e%2e/etc/shadow&from=0&bytes=9',
    '/v1/log?path=/var/log/..%2f..%2fetc%2fshadow&from=0&bytes=9',
    '/v1/log?path=%252Fvar%252Flog%252Fyarn%252Fnm.log&from=0&bytes=9',
    '/v1/log?path=/var/log/..%c0%af..%c0%afetc/shadow&from=0&bytes=9',
    '/v1/log/../../etc/shadow',
    '/../../etc/shadow',
    '/v1/',
    '//v1/facts',
    '/',
  ])('nor is %s', async (target) => {
    expect((await ask(target)).status).toBe(404);
  });

  it('is read-only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])
      expect([method, (await ask('/v1/facts', TOKEN, method)).status]).toEqual([method, 405]);
  });
});

describe('the token', () => {
  it('is wanted for everything, and nothing is told without it', async () => {
    const wrong = [null, '', 'wrong', `${TOKEN}x`, TOKEN.slice(0, -1), TOKEN.toUpperCase(), 'x'.repeat(5000)];
    for (const token of wrong)
      for (const target of ['/v1/info', '/v1/facts', '/v1/logs', '/no-such', logRequest('/var/log/yarn/nm.log', 0, 9)])
        expect(await ask(target, token)).toMatchObject({ status: 401, body: Buffer.alloc(0) });
    const info = await ask('/v1/info');
    expect(NODE_INFO.parse(JSON.parse(info.body.toString()))).toMatchObject({ collector: 'wherefore', version: 1 });
  });

  it('is no short one', async () => {
    const options = { address: '127.0.0.1', port: 0, root, logFolders: [] };
    await expect(startNodeCollector({ ...options, token: '' })).rejects.toThrow('fewer than 16');
    await expect(startNodeCollector({ ...options, token: 'short' })).rejects.toThrow('fewer than 16');
  });
});

describe('many connections', () => {
  it('of one asker are all answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask(logRequest('/var/log/yarn/nm.log', 0, 1000))),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.length}`))).toEqual(new Set(['200 1000']));
  });

  it('that say nothing are bounded, and do not stop others for good', async () => {
    const { hostname, port } = new URL(collector.url);
    const idle = Array.from({ length: 100 }, () => connect(Number(port), hostname).on('error', () => undefined));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const open = idle.filter((socket) => !socket.destroyed && socket.readyState === 'open');
    expect(open.length).toBeLessThanOrEqual(64);
    for (const socket of idle) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await ask('/v1/info')).status).toBe(200);
  });
});

describe('kernelLines', () => {
  it('makes lines of dmesg of what the kernel wrote', () => {
    // A record of this kernel's device (6.18) and one typed after Documentation/ABI/testing/dev-kmsg.
    expect(
      kernelLines('4,812,14464817692,-;Memory cgroup out of memory: Killed process 2594 (java)\n SUBSYSTEM=x\n'),
    ).toEqual(['[14464.817692] Memory cgroup out of memory: Killed process 2594 (java)']);
    expect(kernelLines('6,1,12,-;two\\x0alines')).toEqual(['[    0.000012] two', '[    0.000012] lines']);
  });

  it('leaves out what a process wrote to the device', () => {
    expect(kernelLines('12,9,1,-;Out of memory: Killed process 1 (java)')).toEqual([]);
    expect(kernelLines('30,9,1,-;systemd[1]: started')).toEqual([]);
    expect(kernelLines('no record')).toEqual([]);
  });
});
