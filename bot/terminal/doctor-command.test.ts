import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeService } from '../../tools/platform/fake-service.ts';
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
    for (const name of ['spark event logs', 'host folders']) expect(by.get(name)?.ok).toBeNull();
    const { out } = await answered(['doctor'], { environment: {} });
    for (const setting of ['WHEREFORE_YARN_RM_URL', 'WHEREFORE_SPARK_HISTORY_URL', 'WHEREFORE_HOSTS_DIR'])
      expect(out).toMatch(new RegExp(`cannot: .*${setting}`));
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
    expect(out).toMatch(/^yarn +can tell: applications, queues, nodes$/m);
    expect(out).toMatch(/^ +cannot: disks and health of single nodes \(set yarn-nm@<host> in the platform file\)$/m);
  });

  it('asks every system of every cluster side by side', async () => {
    const slow = await fakeService((path, response) => {
      const version = path.startsWith('/ws/')
        ? '{"clusterInfo":{"hadoopVersion":"3.3.6"}}'
        : '{"gitVersion":"v1.30.1"}';
      setTimeout(() => response.end(version), 400);
    });
    const file = path.join(folder, 'platform.json');
    const services = { 'yarn-rm': slow.url, kubernetes: slow.url };
    writeFileSync(file, JSON.stringify({ clusters: { ads: { services }, search: { services } } }));
    const from = performance.now();
    const { out, exitCode } = await answered(['doctor'], { environment: { WHEREFORE_PLATFORM_FILE: file } });
    expect(performance.now() - from).toBeLessThan(1_200);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^cluster ads$[\s\S]+^ok kubernetes +reachable, version v1\.30\.1$[\s\S]+^cluster search$/m);
    await slow.close();
  });

  it('asks some of the hosts that a template stands for, and tells when there are none', async () => {
    const nodes = await fakeService((asked, response) => {
      if (asked.startsWith('/ws/v1/cluster/nodes'))
        response.end('{"nodes":{"node":[{"id":"127.0.0.1:1","nodeHostName":"127.0.0.1","state":"RUNNING"}]}}');
      else if (asked.startsWith('/ws/v1/cluster/info')) response.end('{"clusterInfo":{"hadoopVersion":"3.3.6"}}');
      else response.end('{"nodeInfo":{"hadoopVersion":"3.3.6"}}');
    });
    const file = path.join(folder, 'template.json');
    const template = nodes.url.replace('127.0.0.1', '{host}');
    const write = (rm: string) =>
      writeFileSync(
        file,
        JSON.stringify({ clusters: { a: { services: { 'yarn-rm': rm, 'yarn-nm@{host}': template } } } }),
      );
    write(nodes.url);
    const good = await checks({ WHEREFORE_PLATFORM_FILE: file });
    expect(good.by.get('yarn-nm@{host}')).toMatchObject({ ok: true, detail: expect.stringContaining('1 host by the') });
    expect(good.by.get('yarn-nm@127.0.0.1')).toMatchObject({ ok: true, detail: 'reachable, version 3.3.6' });
    write(base);
    const none = await checks({ WHEREFORE_PLATFORM_FILE: file });
    expect(none.by.get('yarn-nm@{host}')).toMatchObject({ ok: false });
    await nodes.close();
  });

  it('tells what an area cannot answer now from what was never configured', async () => {
    const closed = await answered(['doctor', '--json'], {
      environment: { WHEREFORE_YARN_RM_URL: 'http://127.0.0.1:1' },
    });
    const { clusters } = JSON.parse(closed.out);
    const yarn = clusters[0].areas.find(({ area }: { area: string }) => area === 'yarn');
    expect(yarn.can).toEqual([]);
    expect(yarn.cannotNow).toEqual([{ what: 'applications, queues, nodes', because: 'yarn-rm' }]);
    expect(yarn.missing).toHaveLength(1);
  });
});
