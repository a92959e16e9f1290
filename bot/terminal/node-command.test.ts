import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered } from './terminal-fixture.ts';

const TOKEN = 'a-token-of-some-length';
let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'wherefore-node-'));
  mkdirSync(path.join(root, 'proc'));
  writeFileSync(path.join(root, 'proc/meminfo'), 'MemTotal: 1 kB\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const environment = { WHEREFORE_NODE_TOKEN: TOKEN };

describe('wherefore node', () => {
  it('does not start without a token, or with one that can be guessed', async () => {
    for (const given of [{}, { WHEREFORE_NODE_TOKEN: 'short' }]) {
      const { exitCode, err } = await answered(['node', '--port', '0'], { environment: given });
      expect(exitCode).toBe(2);
      expect(err).toContain('a token of at least 16 characters is needed');
    }
    const none = await answered(['node', '--token-file', '/no/such/token'], { environment });
    expect([none.exitCode, none.err]).toEqual([2, expect.stringContaining('/no/such/token cannot be read')]);
  });

  it('does not start where others can reach it unless told so', async () => {
    for (const address of ['0.0.0.0', '::', '10.1.2.3', '192.168.0.7']) {
      const { exitCode, err } = await answered(['node', '--listen', address, '--port', '0'], { environment });
      expect([address, exitCode]).toEqual([address, 2]);
      expect(err).toContain('add --expose');
    }
    const name = await answered(['node', '--listen', 'localhost.evil', '--port', '0'], { environment });
    expect([name.exitCode, name.err]).toEqual([2, expect.stringContaining('is no IP address')]);
  });

  it('names everything that cannot be used at once, folders that are no logs among it', async () => {
    const flags = ['--listen', '0.0.0.0', '--port', '99999', '--logs', '/', '--logs', '/etc', '--logs', '/a/../b'];
    const { exitCode, err } = await answered(['node', ...flags], { environment: {} });
    expect(exitCode).toBe(2);
    for (const part of ['a token', '--port 99999', '--expose', '--logs / is', '--logs /etc is', '--logs /a/../b is'])
      expect(err).toContain(part);
  });

  it('serves until it is stopped, and never says its token', async () => {
    const stop = new AbortController();
    let told = '';
    const running = answered(['node', '--port', '0', '--root', root], {
      environment,
      stop: stop.signal,
      writeError: (text) => {
        told += text;
      },
    });
    for (let tries = 0; tries < 100 && told === ''; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    const url = /on (http:\/\/127\.0\.0\.1:\d+);/.exec(told)?.[1] ?? '';
    const info = await fetch(`${url}/v1/info`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await info.json()).toMatchObject({ collector: 'wherefore', version: 1 });
    expect((await fetch(`${url}/v1/info`)).status).toBe(401);
    expect(told).not.toContain(TOKEN);
    stop.abort();
    expect((await running).exitCode).toBe(0);
  });
});
