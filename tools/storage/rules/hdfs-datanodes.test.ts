import { describe, expect, it } from 'vitest';
import { hdfsDatanodes } from './hdfs-datanodes.ts';
import { type HdfsSpec, hdfsCase, nodeList } from './hdfs-fixture.ts';

const apply = (spec: HdfsSpec) => hdfsDatanodes.apply(hdfsCase(spec));
const counts = { NumLiveDataNodes: 2, NumDeadDataNodes: 1, UnderReplicatedBlocks: 40, MissingBlocks: 0 };
const dead = (lastContact: number) => ({ DeadNodes: nodeList({ dn3: { lastContact, decommissioned: false } }) });

describe('storage/hdfs-datanodes', () => {
  it('tells which one died and since when; other copies serve', () => {
    const [finding] = apply({
      looks: [{ after: 500, beans: { FSNamesystem: counts, NameNodeInfo: dead(700) } }],
      scope: { hosts: ['dn3'] },
    });
    expect(finding).toMatchObject({
      kind: 'inferred',
      code: 'storage.hdfs_datanode_down',
      weight: 0.3,
      keys: { host: 'dn3' },
      at: Date.UTC(2026, 10, 21, 10, 56, 40),
      values: { liveDatanodes: 2, deadDatanodes: 1 },
    });
    expect(finding?.statement.en).toBe(
      '1 DataNode of 3 dead (dn3; dn3 silent for 11 min 40 s), 40 blocks with too few copies',
    );
  });

  it('weighs fully when blocks are missed with it, or none lives at all', () => {
    const missed = { FSNamesystem: { ...counts, MissingBlocks: 2 }, NameNodeInfo: dead(90_000) };
    expect(apply({ looks: [{ after: 60, beans: missed }] })[0]).toMatchObject({ kind: 'observed', weight: 1 });
    const none = { FSNamesystem: { NumLiveDataNodes: 0, NumDeadDataNodes: 3 } };
    expect(apply({ looks: [{ after: 60, beans: none }] })[0]).toMatchObject({ kind: 'observed', weight: 1 });
  });

  it('those being emptied take no new blocks', () => {
    const node = (adminState: string) => ({ adminState, lastContact: 1 });
    const LiveNodes = nodeList({
      dn1: node('In Service'),
      dn2: node('Decommission In Progress'),
      dn3: node('Decommission In Progress'),
    });
    const DecomNodes = nodeList({ dn2: { decommissionOnlyReplicas: 0 }, dn3: {} });
    const [finding] = apply({ looks: [{ after: 60, beans: { NameNodeInfo: { LiveNodes, DecomNodes } } }] });
    expect(finding).toMatchObject({ kind: 'inferred', values: { decommissioning: 2, inService: 1 } });
    const enough = nodeList({
      a: node('In Service'),
      b: node('In Service'),
      c: node('In Service'),
      d: node('Decommission In Progress'),
    });
    expect(apply({ looks: [{ after: 60, beans: { NameNodeInfo: { LiveNodes: enough } } }] })).toEqual([]);
  });

  it('leaves out one that died long before, and speaks against a loss when all are well', () => {
    expect(apply({ looks: [{ after: 60, beans: { FSNamesystem: counts, NameNodeInfo: dead(90_000) } }] })).toEqual([]);
    const well = { NumLiveDataNodes: 3, NumDeadDataNodes: 0, StaleDataNodes: 0 };
    const [finding] = apply({ looks: [{ after: 60, beans: { FSNamesystem: well } }] });
    expect(finding?.refutes?.map(({ code }) => code)).toEqual(['storage.hdfs_datanode_down']);
    // A silent one counts as live for ten minutes.
    expect(apply({ looks: [{ after: 60, beans: { FSNamesystem: { ...well, StaleDataNodes: 1 } } }] })).toEqual([]);
    expect(apply({})).toEqual([]);
  });
});
