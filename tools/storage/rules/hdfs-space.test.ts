import { describe, expect, it } from 'vitest';
import { type HdfsSpec, hdfsCase, nodeList } from './hdfs-fixture.ts';
import { hdfsSpace } from './hdfs-space.ts';

const apply = (spec: HdfsSpec) => hdfsSpace.apply(hdfsCase(spec));
const GIB = 2 ** 30;
const node = (remaining: number, nonDfsUsedSpace = 0) => ({
  capacity: 100 * GIB,
  remaining: remaining * GIB,
  nonDfsUsedSpace: nonDfsUsedSpace * GIB,
  adminState: 'In Service',
});

describe('storage/hdfs-space', () => {
  it('a full file system: every DataNode lives and none has room', () => {
    const beans = {
      NameNodeInfo: {
        Total: 200 * GIB,
        Free: GIB,
        Used: 50 * GIB,
        LiveNodes: nodeList({ dn1: node(0.5, 74), dn2: node(0.5, 75) }),
      },
    };
    const [finding, ...rest] = apply({ looks: [{ after: 5, beans }] });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ kind: 'inferred', code: 'storage.disk_full_local', weight: 0.9 });
    expect(finding?.statement.en).toBe(
      'HDFS is full: 1 GiB / 200 GiB is free, on 2 live DataNodes; 149 GiB of it is held by others than HDFS',
    );
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['storage.hdfs_datanode_down']);
  });

  it('one full DataNode among others explains little by itself', () => {
    const beans = {
      NameNodeInfo: { Total: 200 * GIB, Free: 60 * GIB, LiveNodes: nodeList({ dn1: node(0.5), dn2: node(59) }) },
    };
    const [finding, ...rest] = apply({ looks: [{ after: 5, beans }] });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ kind: 'inferred', keys: { host: 'dn1' }, weight: 0.2 });
  });

  it('one full directory of a DataNode that still reports room', () => {
    const VolumeInfo = JSON.stringify({
      '/data1/dn': { usedSpace: 99.9 * GIB, freeSpace: 0.1 * GIB, reservedSpace: 0 },
      '/data2/dn': { usedSpace: 20 * GIB, freeSpace: 80 * GIB },
    });
    const [finding, ...rest] = apply({
      dataNodes: [{ host: 'dn1', after: 5, beans: { DataNodeInfo: { VolumeInfo } } }],
    });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ keys: { host: 'dn1', path: '/data1/dn' } });
    expect(finding?.evidence[0]?.excerpt).toMatch(/^\/data1\/dn\\":\{.*\}$/);
  });

  it('room, no figures, and zeros of a NameNode without DataNodes say nothing', () => {
    expect(apply({ looks: [{ after: 5, beans: { NameNodeInfo: { Total: 200 * GIB, Free: 5 * GIB } } }] })).toEqual([]);
    expect(apply({ looks: [{ after: 5, beans: { NameNodeInfo: { Total: 0, Free: 0 } } }] })).toEqual([]);
    expect(apply({ looks: [{ after: 5, beans: { NameNodeInfo: { LiveNodes: '{"dn1' } } }] })).toEqual([]);
  });
});
