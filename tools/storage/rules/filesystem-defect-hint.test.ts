import { describe, expect, it } from 'vitest';
import { filesystemDefectHint } from './filesystem-defect-hint.ts';
import { diskFacts } from './host-disk-fixture.ts';

const XFS = ['/dev/sdb1 /data1 xfs rw 0 0\n'];
const apply = (release: string | undefined, mounts = XFS, log?: string) =>
  filesystemDefectHint.apply([diskFacts({ mounts, ...(release ? { release } : {}), ...(log ? { log } : {}) })]);

describe('storage/filesystem-defect-hint', () => {
  it.each(['4.18.0-305.el8.x86_64', '5.10.134-16.al8', '6.1.55'])(
    'hints at kernel %s with data on XFS, with next to no weight',
    (release) => {
      expect(apply(release)[0]).toMatchObject({
        kind: 'inferred',
        code: 'kernel.filesystem_defect',
        weight: 0.02,
        values: { kernelRelease: release },
      });
    },
  );

  it.each(['4.17.19', '3.10.0-957.el7.x86_64', '6.2.0', '6.18.44'])('is silent for kernel %s', (release) => {
    expect(apply(release)).toEqual([]);
  });

  it('is silent on other file systems, with device errors, and without a version', () => {
    expect(apply('5.10.0', ['/dev/sdb1 /data1 ext4 rw 0 0\n'])).toEqual([]);
    expect(apply('5.10.0', XFS, '[ 1.000001] I/O error, dev sdb, sector 1 op 0x0:(READ)')).toEqual([]);
    expect(apply(undefined)).toEqual([]);
  });
});
