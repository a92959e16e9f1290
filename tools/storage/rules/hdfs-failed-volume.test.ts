import { describe, expect, it } from 'vitest';
import { hdfsFailedVolume } from './hdfs-failed-volume.ts';
import { type HdfsSpec, hdfsCase, nodeList } from './hdfs-fixture.ts';

const apply = (spec: HdfsSpec) => hdfsFailedVolume.apply(hdfsCase(spec));

describe('storage/hdfs-failed-volume', () => {
  it('names the DataNode once, whoever tells', () => {
    const LiveNodes = nodeList({ dn1: { volfails: 0 }, dn2: { volfails: 2 } });
    const found = apply({
      looks: [{ after: 5, beans: { NameNodeInfo: { LiveNodes } } }],
      dataNodes: [{ host: 'dn2', after: 6, beans: { 'FSDatasetState-DS-1': { NumFailedVolumes: 2 } } }],
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'inferred', code: 'storage.bad_disk', keys: { host: 'dn2' } });
  });

  it('is silent for none, and for no figure', () => {
    expect(
      apply({ looks: [{ after: 5, beans: { NameNodeInfo: { LiveNodes: nodeList({ dn1: { volfails: 0 } }) } } }] }),
    ).toEqual([]);
    expect(apply({ looks: [{ after: 5, beans: { NameNodeInfo: { LiveNodes: nodeList({ dn1: {} }) } } }] })).toEqual([]);
  });
});
