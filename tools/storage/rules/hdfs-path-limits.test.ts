import { describe, expect, it } from 'vitest';
import { type HdfsSpec, hdfsCase } from './hdfs-fixture.ts';
import { hdfsPathLimits } from './hdfs-path-limits.ts';

const apply = (spec: HdfsSpec) => hdfsPathLimits.apply(hdfsCase(spec));
const MIB = 2 ** 20;
const summary = (given: Readonly<Record<string, number>>) => ({
  directoryCount: 10,
  fileCount: 20,
  length: 900 * MIB,
  quota: -1,
  spaceQuota: -1,
  spaceConsumed: 2700 * MIB,
  ...given,
});
const of = (given: Readonly<Record<string, number>>, after = 30) => ({
  paths: [{ after, path: '/user/bi', summary: summary(given) }],
});

describe('storage/hdfs-path-limits', () => {
  it('a space quota that is used up, or has less left than a write books', () => {
    expect(apply(of({ spaceQuota: 2700 * MIB }))[0]).toMatchObject({
      kind: 'observed',
      code: 'storage.hdfs_quota',
      keys: { path: '/user/bi' },
      values: { limitBytes: 2700 * MIB, usedBytes: 2700 * MIB, quotaKind: 'space' },
    });
    expect(apply(of({ spaceQuota: 2900 * MIB }))[0]).toMatchObject({ kind: 'inferred', weight: 0.6 });
    expect(apply(of({ spaceQuota: 2700 * MIB }, 86_400))[0]).toMatchObject({ kind: 'inferred' });
  });

  it('a name quota', () => {
    expect(apply(of({ quota: 30 }))[0]).toMatchObject({ kind: 'observed', values: { limitCount: 30, usedCount: 30 } });
  });

  it('many small files', () => {
    const [finding] = apply(of({ fileCount: 20_000 }));
    expect(finding).toMatchObject({ kind: 'inferred', code: 'data.small_files', values: { files: 20_000 } });
  });

  it('room, no quota, few files, and our own refusals say nothing', () => {
    expect(apply(of({}))).toEqual([]);
    expect(apply(of({ spaceQuota: 9000 * MIB, quota: 31 }))).toEqual([]);
    const refused = hdfsCase({ paths: [{ after: 5, path: '/x', summary: {} }] });
    expect(hdfsPathLimits.apply(refused)).toEqual([]);
  });
});
