import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered } from './terminal-fixture.ts';

let server: Server;
let base = '';
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  mkdirSync(path.join(folder, 'hosts', 'h1'), { recursive: true });
  writeFileSync(path.join(folder, 'hosts', 'h1', 'dmesg.txt'), '[    0.000000] Linux version 6.1\n');
  mkdirSync(path.join(folder, 'none'));
  server = createServer((request, response) => {
    if (request.url?.startsWith('/ws/v1/cluster/info')) response.end('{"clusterInfo":{"hadoopVersion":"3.3.6"}}');
    else if (request.url?.startsWith('/api/v1/version')) response.end('<html>a login page</html>');
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((done) => server.close(done));
});

interface Check {
  name: string;
  ok: boolean | null;
  detail: string;
}

async function checks(environment: Record<string, string>) {
  const { exitCode, out } = await answered(['doctor', '--json'], { environment });
  const list: Check[] = JSON.parse(out).checks;
  return { exitCode, by: new Map(list.map((check) => [check.name, check])) };
}

describe('wherefore doctor', () => {
  it('is content with nothing configured, and says so of each system', async () => {
    const { exitCode, by } = await checks({});
    expect(exitCode).toBe(0);
    for (const name of ['yarn-rm', 'spark-history', 'spark event logs', 'host folders'])
      expect(by.get(name)?.ok).toBeNull();
    expect(by.get('node')).toMatchObject({ ok: true, detail: process.versions.node });
  });

  it('tells a system that answers from one that answers as something else, and from one that does not', async () => {
    const asked = await checks({ WHEREFORE_YARN_RM_URL: base, WHEREFORE_SPARK_HISTORY_URL: base });
    expect(asked.by.get('yarn-rm')).toMatchObject({ ok: true, detail: 'reachable, version 3.3.6' });
    expect(asked.by.get('spark-history')?.ok).toBe(false);
    expect(asked.exitCode).toBe(2);
    const closed = await checks({ WHEREFORE_YARN_RM_URL: 'http://127.0.0.1:1', WHEREFORE_HTTP_TIMEOUT_MS: '500' });
    expect([closed.exitCode, closed.by.get('yarn-rm')?.ok]).toEqual([2, false]);
  });

  it('looks into the folders', async () => {
    const good = await checks({ WHEREFORE_HOSTS_DIR: path.join(folder, 'hosts') });
    expect([good.exitCode, good.by.get('host folders')?.detail]).toEqual([0, '1 file']);
    const empty = await checks({ WHEREFORE_SPARK_EVENT_LOGS: path.join(folder, 'none') });
    expect([empty.exitCode, empty.by.get('spark event logs')?.ok]).toEqual([2, false]);
    const gone = await checks({ WHEREFORE_HOSTS_DIR: path.join(folder, 'gone') });
    expect(gone.exitCode).toBe(2);
    expect(gone.by.get('host folders')?.detail).toContain('does not exist');
  });

  it('prints one line for each check', async () => {
    const { out, exitCode } = await answered(['doctor'], { environment: { WHEREFORE_YARN_RM_URL: base } });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^ok yarn-rm +reachable, version 3\.3\.6$/m);
    expect(out).toMatch(/^- {2}spark-history +not configured/m);
    expect(out.trimEnd().split('\n')).toHaveLength(5);
  });
});
