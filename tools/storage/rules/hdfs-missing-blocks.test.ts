import { describe, expect, it } from 'vitest';
import { type HdfsSpec, hdfsCase } from './hdfs-fixture.ts';
import { hdfsMissingBlocks } from './hdfs-missing-blocks.ts';

const apply = (spec: HdfsSpec) => hdfsMissingBlocks.apply(hdfsCase(spec));
const beans = {
  FSNamesystem: { MissingBlocks: 3, MissingReplOneBlocks: 3, CorruptBlocks: 0, NumDeadDataNodes: 1 },
  NameNodeInfo: { NumberOfMissingBlocks: 3, CorruptFiles: '["/warehouse/ads/dt=20/part-0","/tmp/x"]' },
};

describe('storage/hdfs-missing-blocks', () => {
  it('is proven for a file of the run that the NameNode names', () => {
    const [finding] = apply({ looks: [{ after: 5, beans }], scope: { paths: ['hdfs://ns1/warehouse/ads'] } });
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'storage.hdfs_missing_block',
      keys: { path: '/warehouse/ads/dt=20/part-0' },
      values: { missingBlocks: 3, singleCopyBlocks: 3 },
    });
    expect(finding?.evidence.map(({ excerpt }) => excerpt.split(' ')[0])).toEqual([
      '"MissingBlocks":',
      '"CorruptFiles":',
      '"NumDeadDataNodes":',
    ]);
  });

  it('is only suspected when the files are others or unknown', () => {
    const [finding] = apply({ looks: [{ after: 5, beans }], scope: { paths: ['/warehouse/adsother'] } });
    expect(finding).toMatchObject({ kind: 'inferred', weight: 0.4, keys: {} });
  });

  it('none missing, another time, or no figure say nothing: not even that none is missing', () => {
    expect(apply({ looks: [{ after: 5, beans: { FSNamesystem: { MissingBlocks: 0 } } }] })).toEqual([]);
    expect(apply({ looks: [{ after: -7200, beans }] })).toEqual([]);
    expect(apply({ looks: [{ after: 5, beans: { FSNamesystem: { MissingBlocks: 'NaN' } } }] })).toEqual([]);
  });
});
