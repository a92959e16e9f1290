import { describe, expect, it } from 'vitest';
import { type HdfsSpec, hdfsCase } from './hdfs-fixture.ts';
import { hdfsSlowDatanode } from './hdfs-slow-datanode.ts';

const apply = (spec: HdfsSpec) => hdfsSlowDatanode.apply(hdfsCase(spec));
const lines = (host: string, times: number, text: string) => ({
  writer: 'datanode' as const,
  host,
  text: Array.from(
    { length: times },
    (_, at) =>
      `2026-11-21 11:0${at % 9}:10,100 WARN org.apache.hadoop.hdfs.server.datanode.DataNode: ${text.replace('#', String(400 + at))}`,
  ).join('\n'),
});
const DISK =
  'Slow BlockReceiver write data to disk cost:#ms (threshold=300ms), volume=file:/data3/dn/, blockId=1073741825, seqno=7';
const MIRROR = 'Slow BlockReceiver write packet to mirror took #ms (threshold=300ms), downstream DNs=[127.0.1.13:9866]';

describe('storage/hdfs-slow-datanode', () => {
  it('one disk among equals', () => {
    const [finding] = apply({ logs: [lines('dn1', 40, DISK), lines('dn2', 2, DISK)] });
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'storage.slow_disk',
      keys: { host: 'dn1', path: '/data3/dn/' },
      values: { slowWrites: 40, slowestMs: 439, nextSlowWrites: 2 },
    });
  });

  it('all alike is load, a few are nothing, and a slow mirror is the next one’s', () => {
    expect(apply({ logs: [lines('dn1', 40, DISK), lines('dn2', 20, DISK)] })).toEqual([]);
    expect(apply({ logs: [lines('dn1', 5, DISK)] })).toEqual([]);
    expect(apply({ logs: [lines('dn1', 40, MIRROR)] })).toEqual([]);
  });

  it('takes the NameNode’s own report where there is no log', () => {
    const SlowDisksReport = '[{"SlowDiskID":"dn2:9867:/data4/dn","Latencies":{"WRITE":812.5}}]';
    const [finding] = apply({ looks: [{ after: 5, beans: { NameNodeStatus: { State: 'active', SlowDisksReport } } }] });
    expect(finding).toMatchObject({ code: 'storage.slow_disk', keys: { host: 'dn2', path: '/data4/dn' } });
    expect(apply({ looks: [{ after: 5, beans: { NameNodeStatus: { SlowDisksReport: null } } }] })).toEqual([]);
  });
});
