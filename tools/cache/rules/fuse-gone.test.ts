import { describe, expect, it } from 'vitest';
import { at, cacheCase, fuseSays, logOf, silence } from './cache-fixture.ts';
import { fuseGone } from './fuse-gone.ts';

const HOST = 'gpu-train-07';
const gone = (part: Parameters<typeof silence>[0] = {}) => silence({ role: 'fuse', host: HOST, ...part });

describe('cache/fuse-gone', () => {
  it('answered, then nobody listens, and its log is cut off: killed', () => {
    const [found] = fuseGone.apply(cacheCase({ silences: [gone()] }, [logOf(HOST, [fuseSays.mounted])]));
    expect(found).toMatchObject({
      code: 'cache.fuse_crash',
      kind: 'observed',
      keys: { host: HOST, path: '/mnt/train-data' },
      at: at('11:09:00'),
      values: { stopped: 'no' },
    });
    expect(found?.statement.en).toContain(
      'behind /mnt/train-data on gpu-train-07 is gone; its log ends without a stop',
    );
    expect(found?.evidence).toHaveLength(2);
  });

  it('a stop that was ordered is told as one', () => {
    const log = logOf(HOST, [fuseSays.mounted, fuseSays.stopped('11:09:30')]);
    const [found] = fuseGone.apply(cacheCase({ silences: [gone()] }, [log]));
    expect(found?.values).toEqual({ stopped: 'yes' });
    expect(found?.statement.en).toContain('its log says that it was stopped');
  });

  it('without its log nothing is said of how it ended', () => {
    const [found] = fuseGone.apply(cacheCase({ silences: [gone()] }));
    expect(found?.statement.en).toBe('The FUSE process on gpu-train-07 is gone');
  });

  it('one that never answered, hangs, went at another time, or is no FUSE says nothing', () => {
    const others = [
      gone({ answeredAt: null }),
      gone({ refused: false }),
      gone({ from: at('10:00:00') }),
      gone({ from: at('12:00:00') }),
      gone({ role: 'worker' }),
    ];
    for (const other of others) expect(fuseGone.apply(cacheCase({ silences: [other] }))).toEqual([]);
    expect(fuseGone.apply(cacheCase())).toEqual([]);
  });
});
