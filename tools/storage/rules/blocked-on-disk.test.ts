import { describe, expect, it } from 'vitest';
import { blockedOnDisk } from './blocked-on-disk.ts';
import { diskFacts } from './host-disk-fixture.ts';

const quote = {
  source: 'hosts/node7/proc/9/stack',
  fromLine: 1,
  toLine: 1,
  excerpt: '[<0>] jbd2_log_wait_commit+0xe9/0x150',
};
const process = {
  pid: 9,
  comm: 'java',
  at: null,
  group: '/hadoop-yarn/container_e12_1700000000000_0042_01_000008',
  frame: 'jbd2_log_wait_commit',
  quotes: [quote],
};

describe('storage/blocked-on-disk', () => {
  it('suggests a disk that a process stands in', () => {
    expect(blockedOnDisk.apply([{ ...diskFacts({}), waiting: [process] }])[0]).toMatchObject({
      kind: 'inferred',
      code: 'storage.slow_disk',
      keys: { host: 'node7', pid: 9, containerId: 'container_e12_1700000000000_0042_01_000008' },
      weight: 0.3,
    });
  });

  it('is silent for another time and without such a process', () => {
    const window = { from: 0, to: 1_000 };
    expect(blockedOnDisk.apply([{ ...diskFacts({}), window, waiting: [{ ...process, at: 90_000_000 }] }])).toEqual([]);
    expect(blockedOnDisk.apply([diskFacts({})])).toEqual([]);
  });
});
