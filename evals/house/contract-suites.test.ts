import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SERVICE_KINDS } from '../../tools/platform/service-name.ts';
import { sourceFiles } from './source-files.ts';

interface Suite {
  /** Tests that put the same questions to the recorded and the live backend. */
  files: readonly string[];
  /** Kinds of services whose answers they hold. */
  services: readonly string[];
}

/** The contract suites of every room that reads a platform: what is read live is read from a recording by the same words. */
const SUITES: Readonly<Record<string, Suite>> = {
  cache: {
    files: ['tools/cache/cache-contract.test.ts', 'tools/cache/fluid-contract.test.ts'],
    services: ['alluxio-master', 'alluxio-worker', 'alluxio-fuse'],
  },
  kubernetes: { files: ['tools/kubernetes/gather-kubernetes.test.ts'], services: ['kubernetes'] },
  logs: { files: ['tools/logs/logs-contract.test.ts'], services: [] },
  memory: { files: ['tools/memory/memory-contract.test.ts'], services: ['node'] },
  metrics: {
    files: ['tools/metrics/metrics-contract.test.ts', 'tools/metrics/metrics-of-platform.test.ts'],
    services: ['prometheus'],
  },
  platform: { files: ['tools/platform/platform-contract.test.ts'], services: [] },
  shuffle: {
    files: ['tools/shuffle/read-shuffle-facts.test.ts'],
    services: ['celeborn-master', 'celeborn-worker'],
  },
  spark: { files: ['tools/spark/spark-contract.test.ts'], services: ['spark-driver', 'spark-history'] },
  storage: {
    files: [
      'tools/storage/data-nodes-contract.test.ts',
      'tools/storage/host-disks-contract.test.ts',
      'tools/storage/read-hdfs-facts.test.ts',
    ],
    services: ['hdfs-datanode', 'hdfs-namenode'],
  },
  yarn: {
    files: ['tools/yarn/container-logs-contract.test.ts', 'tools/yarn/yarn-contract.test.ts'],
    services: ['yarn-rm', 'yarn-nm', 'yarn-history'],
  },
};

/** Kinds of services that can be named and that no area reads yet. */
const NOT_READ: Readonly<Record<string, string>> = {
  'spark-master': 'no figure of it is used: drivers and history servers tell of runs',
  flink: 'this version reads no Flink',
  airflow: 'this version reads no Airflow',
};

/** What reads a platform's answers or files. */
const READS = /\bplatform\.(?:get|getBytes|recorded|files)\(/;

describe('contract suites', () => {
  it('are listed for every room of tools that reads a platform, and for no other', () => {
    const reading = sourceFiles()
      .filter((file) => file.startsWith(`tools${path.sep}`) && !/\.test\.ts$|fixture/.test(file))
      .filter((file) => READS.test(readFileSync(file, 'utf8')))
      .map((file) => file.split(path.sep)[1] ?? '');
    expect([...new Set(reading)].sort()).toEqual(Object.keys(SUITES).sort());
  });

  it.each(Object.entries(SUITES))('of %s lie beside the room and open both backends', (room, { files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(path.dirname(file)).toBe(path.join('tools', room));
      expect(existsSync(file), file).toBe(true);
      const text = readFileSync(file, 'utf8');
      expect(text, file).toMatch(/\b(?:openCapture|openMoment)\b/);
      expect(text, file).toMatch(/\b(?:openLivePlatform|openMoment|openWire)\b/);
    }
  });

  it('hold every kind of service that can be configured, or the reason stands here', () => {
    const held = Object.values(SUITES).flatMap(({ services }) => services);
    expect([...held, ...Object.keys(NOT_READ)].sort()).toEqual(Object.keys(SERVICE_KINDS).sort());
  });

  it('name the services that they hold, so that the list does not promise more than they do', () => {
    for (const [room, { files, services }] of Object.entries(SUITES)) {
      const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
      const unnamed = services.filter((service) => !text.includes(service));
      expect(unnamed, room).toEqual([]);
    }
  });
});
