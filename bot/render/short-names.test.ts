import { describe, expect, it } from 'vitest';
import { shortIds, shortSource } from './short-names.ts';

describe('shortSource', () => {
  it('is the file’s name with the host where the name does not hold it', () => {
    expect(shortSource('hosts/nm-0217/dmesg.txt')).toBe('nm-0217 dmesg.txt');
    expect(shortSource('hosts/nm1/var/log/nodemanager-nm1.log')).toBe('nodemanager-nm1.log');
    expect(shortSource('hdfs/spark-history/app-20261121102734-0001')).toBe('app-20261121102734-0001');
    expect(shortSource('attach:1')).toBe('attach:1');
  });

  it('has the folder before a name that says nothing alone', () => {
    const container = 'container_1700000000000_0042_01_000008';
    expect(shortSource(`hosts/nm1/logs/${container}/stderr`)).toBe('nm1 container_…_000008/stderr');
    expect(shortSource(`hosts/nm1/sys/fs/cgroup/memory/yarn/${container}/memory.stat`)).toBe(
      'nm1 container_…_000008/memory.stat',
    );
  });

  it('is service and request of an answer, without its time', () => {
    expect(shortSource('http/yarn-rm/apps@20261121T102305Z.json')).toBe('yarn-rm apps');
  });
});

describe('shortIds', () => {
  it('leaves out the cluster’s part of ids and most of a hash, and nothing else', () => {
    expect(shortIds('application_1700000000000_0042 and container_e12_1700000000000_0042_01_000008')).toBe(
      'application_…_0042 and container_…_000008',
    );
    expect(shortIds(`pod ${'0123456789ab'}${'c'.repeat(52)} of app-20261121102734-0001`)).toBe(
      'pod 0123456789ab… of app-20261121102734-0001',
    );
  });
});
