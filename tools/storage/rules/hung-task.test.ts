import { describe, expect, it } from 'vitest';
import { diskFacts } from './host-disk-fixture.ts';
import { hungTask } from './hung-task.ts';

// Composed from kernel/hung_task.c.
const line = (task: string) => `[ 500.000001] INFO: task ${task} blocked for more than 120 seconds.`;

describe('storage/hung-task', () => {
  it('names the device of a journal that hangs', () => {
    const mounts = ['/dev/sdb1 /data1 ext4 rw 0 0\n'];
    expect(hungTask.apply([diskFacts({ log: line('jbd2/sdb1-8:812'), mounts })])[0]).toMatchObject({
      kind: 'observed',
      code: 'storage.slow_disk',
      keys: { host: 'node7', device: 'sdb1', path: '/data1', pid: 812 },
      values: { seconds: 120 },
    });
  });

  it('suspects a disk by the stack of another task', () => {
    const log = `${line('java:4711')}\n[ 500.000002]  io_schedule+0x16/0x40`;
    expect(hungTask.apply([diskFacts({ log })])[0]).toMatchObject({ kind: 'inferred', keys: { pid: 4711 } });
  });

  it('is silent for tasks that wait for something else, and without a log', () => {
    expect(
      hungTask.apply([diskFacts({ log: `${line('java:4711')}\n[ 500.000002]  rpc_wait_bit_killable+0x1e/0xa0` })]),
    ).toEqual([]);
    expect(hungTask.apply([diskFacts({})])).toEqual([]);
  });
});
