import { describe, expect, it } from 'vitest';
import { cacheCase, fuseSays, logOf } from './cache-fixture.ts';
import { missingBelow } from './missing-below.ts';

const MOUNTS = [{ cachePath: '/', storeUri: '/srv/store' }];
const MISSING =
  'alluxio.exception.status.NotFoundException: java.io.FileNotFoundException: /srv/store/user-videos/clip_6.tar (No such file or directory)';
const fuse = (...lines: string[]) => logOf('gpu-train-07', [fuseSays.mounted, ...lines]);
const failing = (clock: string, cause = MISSING) => fuseSays.readFailed(clock, 'alx-worker-1', cause);
const apply = (lines: readonly string[], paths: readonly string[] = []) =>
  missingBelow.apply(cacheCase({ mounts: MOUNTS }, [fuse(...lines)], { paths }));

describe('cache/missing-below', () => {
  it('a file that the cache lists and the store no longer has', () => {
    const found = apply([failing('11:06:00'), failing('11:07:00')], ['/mnt/train-data/user-videos']);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      code: 'cache.ufs_out_of_sync',
      keys: { path: '/user-videos/clip_6.tar' },
      count: 2,
      values: { storePath: '/srv/store/user-videos/clip_6.tar' },
    });
    expect(found[0]?.statement.en).toContain('2 failed tries');
    expect(apply([failing('11:06:00')])[0]?.statement.en).toContain('1 failed try)');
  });

  it('counts a try once, however many tell of it', () => {
    const client = logOf('gpu-train-07', [fuseSays.mounted, failing('11:06:00'), failing('11:07:00')]);
    const other = logOf('gpu-train-08', [fuseSays.mounted, failing('11:06:01'), failing('11:07:01')]);
    const both = missingBelow.apply(cacheCase({ mounts: MOUNTS }, [client, other], { paths: [] }));
    expect(both[0]?.count).toBe(2);
  });

  it('files of others, of another time, and workers that are gone are none', () => {
    expect(apply([failing('11:06:00')], ['/mnt/train-data/ad-creatives'])).toEqual([]);
    expect(apply([failing('10:06:00')])).toEqual([]);
    expect(apply([failing('11:06:00', 'java.net.ConnectException: Connection refused')])).toEqual([]);
    expect(apply([])).toEqual([]);
    expect(missingBelow.apply(cacheCase())).toEqual([]);
  });
});
