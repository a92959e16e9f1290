import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fakeService } from './fake-service.ts';
import { expandServices, hostsOfCluster } from './hosts-of-cluster.ts';
import { openLivePlatform } from './live-platform.ts';
import { folderOfHosts, walkHostRoots } from './walk-host-roots.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-hosts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function placed(file: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), 'x\n');
}

/** Nodes as `/ws/v1/cluster/nodes` of Hadoop 3.3.6 lists them. */
const nodes = (...names: string[]) =>
  JSON.stringify({
    nodes: { node: names.map((nodeHostName) => ({ id: `${nodeHostName}:45454`, nodeHostName, state: 'RUNNING' })) },
  });
const answering =
  (body: string, status = 200) =>
  async (service: string, request: string) => ({
    service,
    request,
    at: 0,
    status,
    body,
    source: 'http/yarn-rm/nodes.json',
  });

describe('hostsOfCluster', () => {
  it('takes the names that the ResourceManager lists, and none that would be more than a name', async () => {
    const body = nodes('bd-node12', 'bd-node11', 'bd-node11', 'evil/..', 'a@b', 'x:80', '-x', 'a..b');
    expect(await hostsOfCluster(['yarn-rm', 'hdfs-namenode'], answering(body))).toEqual(['bd-node11', 'bd-node12']);
    expect(await hostsOfCluster(['yarn-rm'], answering('<html>', 200))).toEqual([]);
    expect(await hostsOfCluster(['yarn-rm'], answering(nodes('a'), 500))).toEqual([]);
    expect(await hostsOfCluster(['hdfs-namenode'], answering(body))).toEqual([]);
  });
});

describe('expandServices', () => {
  it('puts each host in, lets a service of its own stand, and leaves out what is too many to be asked', () => {
    const templates = {
      'yarn-nm@{host}': { url: 'http://{host}:8042', token: 't' },
      'hdfs-datanode@{host}': { url: 'http://{host}:9864' },
    };
    const hosts = Array.from({ length: 300 }, (_, at) => `n${String(at).padStart(3, '0')}`);
    const { services, leftOut } = expandServices(templates, hosts, { 'yarn-nm@n000': {} });
    expect(services['yarn-nm@n001']).toEqual({ url: 'http://n001:8042', token: 't' });
    expect(services).not.toHaveProperty('yarn-nm@n000');
    expect(Object.keys(services).filter((name) => name.startsWith('yarn-nm@'))).toHaveLength(299);
    expect(leftOut).toEqual([{ service: 'hdfs-datanode@{host}', hosts: 100 }]);
  });
});

describe('expandServices with a pattern', () => {
  const namesFor = (only: string, hosts: readonly string[]) =>
    Object.keys(expandServices({ 'node@{host}': { url: 'http://{host}:9099', token: 't', only } }, hosts, {}).services);

  it('serves the hosts whose names fit, and no other', () => {
    const hosts = ['bd-node1', 'BD-NODE2', 'evil.example', 'bd-node1.evil.example', 'xbd-node3'];
    expect(namesFor('bd-*', hosts)).toEqual(['node@bd-node1', 'node@BD-NODE2', 'node@bd-node1.evil.example']);
    expect(namesFor('bd-node*.corp', ['bd-node1.corp', 'bd-node1', 'bd-node.corp.evil'])).toEqual([
      'node@bd-node1.corp',
    ]);
    expect(namesFor('*-a-*-b', ['x-a-y-b', 'x-a-b', '-a--b'])).toEqual(['node@x-a-y-b', 'node@-a--b']);
    expect(namesFor('bd-node1', hosts)).toEqual(['node@bd-node1']);
  });
});

describe('walkHostRoots', () => {
  it('finds hosts by their folders and by the cluster, whatever stands around the name', async () => {
    for (const host of ['node-a', 'node-b']) placed(`mnt/h-${host}.fs/root/var/log/x.log`);
    placed('mnt/other/root/var/log/x.log');
    const template = path.join(folder, 'mnt/h-{host}.fs/root');
    const { files, skipped } = await walkHostRoots(template, ['node-b', 'node-c']);
    expect(files.map(({ host, path: onHost, source }) => [host, onHost, source])).toEqual([
      ['node-a', '/var/log/x.log', 'hosts/node-a/var/log/x.log'],
      ['node-b', '/var/log/x.log', 'hosts/node-b/var/log/x.log'],
    ]);
    expect(skipped.map(({ en }) => en)).toEqual(['no root folder was found for 1 host of the cluster (node-c)']);
    expect(folderOfHosts('/mnt/{host}')).toBe('/mnt');
    expect(folderOfHosts('/mnt/h-{host}.fs/root')).toBe('/mnt');
    expect((await walkHostRoots(path.join(folder, 'none/{host}'), ['a'])).files).toEqual([]);
  });
});

describe('walkHostRoots of many hosts', () => {
  it('stops between hosts when there are too many files, and tells how many hosts were left', async () => {
    for (let at = 10; at < 30; at += 1) placed(`many/n${at}/var/log/x.log`);
    const { files, skipped } = await walkHostRoots(path.join(folder, 'many/{host}'), [], 10);
    expect(files).toHaveLength(16);
    expect(skipped.map(({ en }) => en)).toEqual([
      '4 hosts were not read: the folders of the others hold too many files',
    ]);
  });
});

describe('a live platform with {host} in a service', () => {
  it('knows one service for each node, and asks the ResourceManager once', async () => {
    const manager = await fakeService((_, response) => response.end(nodes('127.0.0.1')));
    const node = await fakeService((_, response) => response.end('{"nodeInfo":{}}'));
    placed('roots/127.0.0.1/var/log/y.log');
    try {
      const platform = openLivePlatform({
        services: { 'yarn-rm': manager.url },
        perHost: { 'yarn-nm@{host}': node.url.replace('127.0.0.1', '{host}') },
        eventLogs: null,
        hostsDir: path.join(folder, 'roots/{host}'),
        httpTimeoutMs: 2_000,
        httpMaxBytes: 1 << 20,
        now: Date.now(),
      });
      expect(await platform.services()).toEqual(['yarn-rm', 'yarn-nm@127.0.0.1']);
      expect(await platform.get('yarn-nm@127.0.0.1', '/ws/v1/node/info')).toMatchObject({ status: 200 });
      await platform.get('yarn-rm', '/ws/v1/cluster/nodes');
      expect((await platform.files()).files.map(({ source }) => source)).toEqual(['hosts/127.0.0.1/var/log/y.log']);
      expect(manager.asked).toHaveLength(1);
      expect(await platform.get('yarn-nm@10.9.9.9', '/ws/v1/node/info')).toMatchObject({ miss: 'not_configured' });
    } finally {
      await Promise.all([manager.close(), node.close()]);
    }
  });

  it('has none where the ResourceManager is silent', async () => {
    const platform = openLivePlatform({
      services: { 'yarn-rm': 'http://127.0.0.1:1' },
      perHost: { 'yarn-nm@{host}': 'http://{host}:8042' },
      eventLogs: null,
      hostsDir: null,
      httpTimeoutMs: 500,
      httpMaxBytes: 1 << 20,
      now: Date.now(),
    });
    expect(await platform.services()).toEqual(['yarn-rm']);
  });
});
