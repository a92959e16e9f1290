import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../bot/settings.ts';
import { SERVICE_KINDS } from '../../tools/platform/service-name.ts';
import { alluxioConfiguration } from './alluxio-configuration.ts';
import { DAEMONS, daemonNamed, TOKEN_FILE } from './daemons.ts';
import { HADOOP_HOSTS, hadoopConfiguration, NODE_MEMORY_MB } from './hadoop-configuration.ts';
import { HOSTS, hostsFile, MASTER, NODES } from './hosts.ts';
import { JOBS, scriptOf } from './jobs.ts';
import { labFolder } from './lab-folder.ts';
import { platformFile, writePlatformFile } from './platform-file.ts';
import { prometheusConfiguration } from './prometheus-configuration.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wherefore-lab-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Names and values of one file of Hadoop's configuration, as its own reader takes them. */
function properties(host: string, file: string): Map<string, string> {
  const text = hadoopConfiguration(host)[file] ?? '';
  expect(text).toMatch(/^<configuration>\n(?: {2}<property>.*<\/property>\n)+<\/configuration>\n$/);
  const found = [...text.matchAll(/<name>([^<&]+)<\/name><value>([^<&]*)<\/value>/g)];
  expect(found).toHaveLength(text.split('<property>').length - 1);
  return new Map(found.map(([, name, value]) => [name as string, value as string]));
}

function alluxio(host: string): Map<string, string> {
  const lines = (alluxioConfiguration(host)['alluxio-site.properties'] ?? '').trim().split('\n');
  return new Map(lines.map((line) => line.split('=', 2) as [string, string]));
}

const portOf = (daemon: string) => new URL(daemonNamed(daemon).ready).port;

describe('the configuration that the lab writes', () => {
  it('lets every daemon of Hadoop listen where it is asked', () => {
    const hdfs = properties(MASTER, 'hdfs-site.xml');
    expect(hdfs.get('dfs.namenode.http-address')).toBe(`${MASTER}:${portOf(`namenode@${MASTER}`)}`);
    const datanode = DAEMONS.find(({ name }) => name.startsWith('datanode@'));
    expect(hdfs.get('dfs.datanode.http.address')).toBe(`${datanode?.host}:${portOf(datanode?.name ?? '')}`);
    for (const host of NODES) {
      const yarn = properties(host, 'yarn-site.xml');
      expect(yarn.get('yarn.nodemanager.webapp.address')).toBe(`${host}:${portOf(`nodemanager@${host}`)}`);
      expect(yarn.get('yarn.nodemanager.hostname')).toBe(host);
      expect(yarn.get('yarn.resourcemanager.hostname')).toBe(MASTER);
    }
  });

  it('names only hosts that there are, and gives no queue more than there is', () => {
    const known = HOSTS.map(({ name }) => name);
    expect(HADOOP_HOSTS.toSorted()).toEqual(known.toSorted());
    for (const host of HADOOP_HOSTS) {
      for (const file of ['core-site.xml', 'hdfs-site.xml', 'yarn-site.xml']) {
        const named = [...properties(host, file).values()].flatMap((value) => value.match(/bd-[a-z0-9]+/g) ?? []);
        expect(named.filter((name) => !known.includes(name))).toEqual([]);
      }
    }
    const queues = properties(MASTER, 'capacity-scheduler.xml');
    const names = (queues.get('yarn.scheduler.capacity.root.queues') ?? '').split(',');
    const shares = names.map((name) => Number(queues.get(`yarn.scheduler.capacity.root.${name}.capacity`)));
    // The scheduler refuses to start when they are not exactly that.
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
    expect(JOBS.flatMap(({ queue }) => queue ?? []).filter((queue) => !names.includes(queue))).toEqual([]);
  });

  it('lets NodeManagers kill what takes more than it asked for, and gives a job room for its driver and an executor', () => {
    const yarn = properties(NODES[0] as string, 'yarn-site.xml');
    expect(yarn.get('yarn.nodemanager.pmem-check-enabled')).toBe('true');
    expect(yarn.get('yarn.nodemanager.resource.memory.enforced')).toBe('false');
    expect(Number(yarn.get('yarn.nodemanager.resource.memory-mb'))).toBe(NODE_MEMORY_MB);
    expect(NODE_MEMORY_MB).toBeGreaterThanOrEqual(2 * (512 + 256));
  });

  it('binds both cache workers to hosts of their own: by default the second finds the port taken', () => {
    const binds = NODES.map((host) => alluxio(host).get('alluxio.worker.bind.host'));
    expect(binds).toEqual(NODES);
    for (const host of NODES) expect(alluxio(host).get('alluxio.master.hostname')).toBe(MASTER);
  });

  it('gives every host of the lab an address that is its own', () => {
    const entries = hostsFile()
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(entries[0]).toEqual(['127.0.0.1', 'localhost']);
    expect(entries.slice(1).map(([, name]) => name)).toEqual(HOSTS.map(({ name }) => name));
    expect(new Set(entries.map(([address]) => address)).size).toBe(entries.length);
  });

  it('lets Prometheus scrape every daemon of the cache at the port where it answers', () => {
    const scraped = [...prometheusConfiguration().matchAll(/'([\w.-]+:\d+)'/g)].map(([, target]) => target);
    const cache = DAEMONS.filter(({ layer }) => layer === 'alluxio').map(({ ready }) => new URL(ready).host);
    expect(scraped).toEqual(expect.arrayContaining(cache));
  });

  it('starts every job from a script with a session and nothing of Python cut off', () => {
    for (const job of JOBS) {
      expect(scriptOf(job)).toMatch(/^from pyspark\.sql import SparkSession/);
      expect(scriptOf(job).endsWith(')\n')).toBe(true);
    }
  });
});

describe('the platform file', () => {
  it('is one that the product reads, with every daemon under a name that it knows', () => {
    const folder = labFolder(root, null);
    writePlatformFile(folder, ['hadoop', 'history', 'standalone', 'alluxio', 'prometheus', 'collectors']);
    const environment = { WHEREFORE_PLATFORM_FILE: platformFile(folder) };
    expect(() => readSettings(environment)).toThrow(/token/);
    // The lab makes it when it comes up.
    mkdirSync(folder.shared, { recursive: true });
    writeFileSync(path.join(folder.shared, path.basename(TOKEN_FILE)), 'a'.repeat(64));
    const [cluster] = readSettings(environment).clusters;
    const services = Object.entries(cluster?.services ?? {});
    // Standalone workers are known to their master: nobody asks them.
    expect(services).toHaveLength(DAEMONS.filter(({ name }) => !name.startsWith('spark-worker@')).length);
    expect(cluster?.hostsDir).toBeNull();
    for (const [name, { token }] of services) {
      const kind = SERVICE_KINDS[name.split('@')[0] as string];
      expect(kind?.host, name).toBe(name.includes('@') ? 'must' : kind?.host === 'never' ? 'never' : 'may');
      expect(token !== undefined, name).toBe(name.startsWith('node@'));
    }
  });

  it('names the folders of the hosts where no collectors run', () => {
    const folder = labFolder(root, null);
    mkdirSync(folder.hosts, { recursive: true });
    writePlatformFile(folder, ['hadoop']);
    const [cluster] = readSettings({ WHEREFORE_PLATFORM_FILE: platformFile(folder) }).clusters;
    expect(cluster?.hostsDir).toBe(folder.hosts);
    expect(Object.keys(cluster?.services ?? {}).filter((name) => /^(?:node|alluxio|prometheus)/.test(name))).toEqual(
      [],
    );
  });
});
