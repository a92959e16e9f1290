import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings, SETTING_NAMES, SettingsError } from './settings.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content: unknown): string {
  const file = path.join(folder, 'platform.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function problemsOf(environment: Record<string, string>): string {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  it('stand in .env.example, each once, and nothing else does', () => {
    const text = readFileSync(path.join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const named = [...text.matchAll(/^([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('of .env.example can be used as they stand', () => {
    const text = readFileSync(path.join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const environment = Object.fromEntries(
      [...text.matchAll(/^([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(readSettings(environment)).toEqual(readSettings({}));
  });

  it('name every wrong one at once', () => {
    const wrong = {
      WHEREFORE_YARN_RM_URL: 'not a url',
      WHEREFORE_HTTP_TIMEOUT_MS: '-5',
      WHEREFORE_LANG: 'fr',
      WHEREFORE_MODEL_MAX_CALLS: '0',
    };
    expect(() => readSettings(wrong)).toThrow(SettingsError);
    expect(() => readSettings(wrong)).toThrow(
      /WHEREFORE_YARN_RM_URL.*WHEREFORE_HTTP_TIMEOUT_MS.*WHEREFORE_LANG.*WHEREFORE_MODEL_MAX_CALLS/s,
    );
  });

  it('take defaults for what is empty or absent', () => {
    expect(readSettings({ WHEREFORE_YARN_RM_URL: '' })).toEqual({
      cases: '.wherefore/cases',
      clusters: [],
      defaultCluster: null,
      httpTimeoutMs: 5000,
      httpMaxBytes: 64 << 20,
      budget: { calls: 1000, bytes: 512 << 20, ms: 60_000 },
      knowledge: {
        collections: [],
        index: { uri: '.wherefore/index' },
        audience: [],
        runbooksUrl: null,
        embeddings: null,
      },
      model: null,
      language: 'auto',
      mcp: { token: null, hosts: [], deadlineMs: 300_000, calls: 4, sessions: 32, idleMs: 1_800_000 },
      slack: null,
    });
  });

  it('make one cluster of single variables, by the names of services', () => {
    const tokenFile = path.join(folder, 'token');
    writeFileSync(tokenFile, 'k8s-token\n');
    const { clusters } = readSettings({
      WHEREFORE_YARN_RM_URL: 'http://rm:8088/',
      WHEREFORE_CELEBORN_MASTER_URL: 'http://rss-m1:9098',
      WHEREFORE_KUBERNETES_URL: 'https://k8s:6443',
      WHEREFORE_KUBERNETES_TOKEN_FILE: tokenFile,
      WHEREFORE_HOSTS_DIR: '/mnt/hosts',
    });
    expect(clusters).toEqual([
      {
        name: 'default',
        services: {
          'yarn-rm': { url: 'http://rm:8088' },
          'celeborn-master@rss-m1': { url: 'http://rss-m1:9098' },
          kubernetes: { url: 'https://k8s:6443', token: 'k8s-token' },
        },
        eventLogs: null,
        hostsDir: '/mnt/hosts',
      },
    ]);
  });
});

describe('the platform file', () => {
  it('names several clusters, each with several systems, tokens by variable or file', () => {
    const file = written({
      clusters: {
        ads: {
          services: {
            'yarn-rm@rm1': 'http://rm1:8088',
            'yarn-rm@rm2': 'http://rm2:8088',
            'celeborn-worker@rss-w1:9096': 'http://rss-w1:9096',
            'node@bd-node11': { url: 'http://bd-node11:9099', tokenEnv: 'NODE_TOKEN' },
          },
          hostsDir: '/mnt/ads',
        },
        search: { services: { 'alluxio-master': 'http://alx:19999' }, eventLogs: '/mnt/logs' },
      },
    });
    const { clusters } = readSettings({ WHEREFORE_PLATFORM_FILE: file, NODE_TOKEN: 'secret-of-the-node' });
    expect(clusters.map(({ name }) => name)).toEqual(['ads', 'search']);
    expect(clusters[0]?.services['node@bd-node11']).toEqual({
      url: 'http://bd-node11:9099',
      token: 'secret-of-the-node',
    });
    expect(Object.keys(clusters[0]?.services ?? {})).toHaveLength(4);
    expect(clusters[1]).toMatchObject({ eventLogs: '/mnt/logs', hostsDir: null });
  });

  it('names every wrong entry at once, and never a value', () => {
    const file = written({
      clusters: {
        ads: {
          services: {
            'yarn-resourcemanager': 'http://rm:8088',
            'yarn-nm': 'http://nm:8042',
            'prometheus@p': 'http://p:9090',
            'hdfs-namenode': 'ftp://nn',
            kubernetes: { url: 'https://user:hunter2@k8s', token: 'hunter2' },
            'spark-history': { url: 'http://h', tokenEnv: 'NOT_SET' },
            flink: { url: 'http://f', tokenFile: '/no/such/token' },
            'yarn-rm': { url: 'http://rm:8088/?token=hunter2' },
          },
          hostDir: '/mnt',
        },
        'a b': {},
      },
      cluster: {},
    });
    const told = problemsOf({ WHEREFORE_PLATFORM_FILE: file, WHEREFORE_LANG: 'fr' });
    for (const place of [
      'ads → services → yarn-resourcemanager: is no service;',
      'known services: yarn-rm[@<host>], yarn-nm@<host>',
      'services → yarn-nm: is no service',
      'services → prometheus@p: is no service',
      'hdfs-namenode → url: is no http or https URL',
      'kubernetes → url: holds a user or password',
      'kubernetes: Unrecognized key: "token"',
      'yarn-rm → url: holds a query',
      'ads: Unrecognized key: "hostDir"',
      'a b: is no name',
      'Unrecognized key: "cluster"',
      'WHEREFORE_LANG',
    ])
      expect(told).toContain(place);
    expect(told).not.toContain('hunter2');
  });

  it('says which tokens are not there, without showing any', () => {
    const services = {
      'spark-history': { url: 'http://h', tokenEnv: 'NOT_SET' },
      flink: { url: 'http://f', tokenFile: '/no/such/token' },
      airflow: { url: 'http://a', tokenEnv: 'BROKEN' },
      kubernetes: { url: 'http://k', tokenEnv: 'A', tokenFile: 'b' },
    };
    expect(problemsOf({ WHEREFORE_PLATFORM_FILE: written({ clusters: { ads: { services } } }) })).toContain(
      'has two tokens',
    );
    const { kubernetes: _, ...others } = services;
    const file = written({ clusters: { ads: { services: others } } });
    const told = problemsOf({ WHEREFORE_PLATFORM_FILE: file, BROKEN: 'two\r\nlines' });
    expect(told).toContain('spark-history: the variable NOT_SET holds no token');
    expect(told).toContain('flink: the token file /no/such/token cannot be read');
    expect(told).toContain('airflow: the variable BROKEN holds no token');
    expect(told).not.toContain('lines');
  });

  it.each([
    ['{"clusters": {"ads": ', 'is no JSON'],
    ['[]', 'expected object'],
    ['{"__proto__": {"clusters": {}}}', 'holds a key __proto__'],
    ['{"clusters": {"ads": {"services": {"__proto__": "http://x"}}}}', 'holds a key __proto__'],
    ['{"clusters": {"ads": {"services": {"constructor": "http://x"}}}}', 'is no service'],
  ])('%s is told', (content, problem) => {
    expect(problemsOf({ WHEREFORE_PLATFORM_FILE: written(content) })).toContain(problem);
  });

  it('that is not there is told', () => {
    expect(problemsOf({ WHEREFORE_PLATFORM_FILE: path.join(folder, 'none.json') })).toContain('does not exist');
  });

  it('and single variables add up for one cluster, and are refused where they would be a guess', () => {
    const one = written({ clusters: { ads: { services: { 'yarn-rm': 'http://rm' } } } });
    const added = readSettings({ WHEREFORE_PLATFORM_FILE: one, WHEREFORE_PROMETHEUS_URL: 'http://p' });
    expect(Object.keys(added.clusters[0]?.services ?? {})).toEqual(['yarn-rm', 'prometheus']);
    expect(problemsOf({ WHEREFORE_PLATFORM_FILE: one, WHEREFORE_YARN_RM_URL: 'http://other' })).toContain(
      'WHEREFORE_YARN_RM_URL: the platform file names yarn-rm too',
    );
    const two = written({ clusters: { ads: {}, search: {} } });
    expect(problemsOf({ WHEREFORE_PLATFORM_FILE: two, WHEREFORE_HOSTS_DIR: '/x' })).toContain('several clusters');
    expect(problemsOf({ WHEREFORE_PLATFORM_FILE: two, WHEREFORE_CLUSTER: 'nobody' })).toContain('no cluster nobody');
  });
});
