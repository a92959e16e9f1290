import { describe, expect, it } from 'vitest';
import { parseServiceName, SERVICE_KINDS } from './service-name.ts';

describe('parseServiceName', () => {
  it.each([
    ['yarn-rm', 'yarn-rm', null],
    ['yarn-rm@rm1', 'yarn-rm', 'rm1'],
    ['celeborn-worker@rss-w1:9096', 'celeborn-worker', 'rss-w1'],
    ['hdfs-datanode@dn-1.prod.example', 'hdfs-datanode', 'dn-1.prod.example'],
    ['alluxio-fuse@10.1.2.3', 'alluxio-fuse', '10.1.2.3'],
    ['node@[::1]:9099', 'node', '[::1]'],
    ['prometheus', 'prometheus', null],
  ])('takes %s apart', (name, kind, host) => {
    expect(parseServiceName(name)).toMatchObject({ kind, host });
  });

  it.each([
    'yarn-nm',
    'prometheus@p',
    'yarn-resourcemanager',
    'node@',
    'node@a/../b',
    'node@a b',
    'node@h:999999',
    'yarn-rm@rm1@rm2',
    'constructor',
    '__proto__',
    '',
  ])('knows no %j', (name) => {
    expect(parseServiceName(name)).toBeNull();
  });
});

describe('probes', () => {
  it('are plain requests', () => {
    for (const { probe, otherwise } of Object.values(SERVICE_KINDS))
      for (const request of [probe, otherwise ?? '/']) expect(request).toMatch(/^\/[\w/?=:,.&-]*$/);
  });
});
