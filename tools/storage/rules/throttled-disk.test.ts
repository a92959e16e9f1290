import { describe, expect, it } from 'vitest';
import { diskFacts, diskLine } from './host-disk-fixture.ts';
import { throttledDisk } from './throttled-disk.ts';

const stat = (writes: number, sectors: number) =>
  diskLine({ number: [7, 12], device: 'loop12', writes, sectors, ms: 10, busyMs: 10 });
const LIMIT = '7:12 734003\n';

describe('storage/throttled-disk', () => {
  it('sets one host apart when the others have no limit (figures of a recording)', () => {
    const slow = diskFacts({
      host: 'n2',
      throttles: [
        { at: 100, text: '' },
        { at: null, text: LIMIT },
      ],
      samples: [
        { at: 100, text: stat(8684, 412544) },
        { at: null, text: stat(10427, 469344) },
      ],
    });
    const others = ['n1', 'n3'].map((host) => diskFacts({ host, throttles: [{ at: null, text: '' }] }));
    const [finding, ...rest] = throttledDisk.apply([slow, ...others]);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'storage.slow_disk',
      keys: { host: 'n2', device: 'loop12' },
      values: { limitPerSecond: 734003, direction: 'write', peers: 2, unlimitedPeers: 2, bytesWritten: 56800 * 512 },
    });
    expect(finding?.statement.en).toContain('2 other hosts have no such limit');
    expect(finding?.evidence.at(-1)?.excerpt).toBe('7:12 734003');
  });

  it('speaks against a slow disk when all hosts have the same limit, unchanged', () => {
    const hosts = ['n1', 'n2', 'n3'].map((host) =>
      diskFacts({
        host,
        throttles: [
          { at: 100, text: '7:8 2097152\n' },
          { at: null, text: '7:8 2097152\n' },
        ],
      }),
    );
    const found = throttledDisk.apply(hosts);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: null, refutes: [{ code: 'storage.slow_disk' }], values: { hosts: 3 } });
  });

  it('sees a limit that was set since an earlier sample', () => {
    const alone = diskFacts({
      throttles: [
        { at: 100, text: '' },
        { at: null, text: LIMIT },
      ],
    });
    expect(throttledDisk.apply([alone])[0]).toMatchObject({ kind: 'observed' });
    const lowered = diskFacts({
      throttles: [
        { at: 100, text: '7:12 90000000\n' },
        { at: null, text: LIMIT },
      ],
    });
    expect(throttledDisk.apply([lowered])[0]).toMatchObject({
      kind: 'observed',
      values: { earlierPerSecond: 90000000 },
    });
  });

  it('only suspects a limit of which nothing else is known, unless the writer runs at it', () => {
    const quiet = { throttles: [{ at: null, text: LIMIT }] };
    expect(throttledDisk.apply([diskFacts(quiet)])[0]).toMatchObject({ kind: 'inferred', weight: 0.4 });
    const running = diskFacts({
      ...quiet,
      samples: [
        { at: 100, text: stat(10, 1000) },
        { at: 110, text: stat(100, 15_000) },
      ],
    });
    expect(throttledDisk.apply([running])[0]).toMatchObject({ kind: 'observed' });
  });

  it('reads limits of version 2', () => {
    const slow = diskFacts({
      host: 'n2',
      throttles: [{ at: null, text: '8:16 rbps=max wbps=1048576 riops=max wiops=max\n', file: 'io.max' }],
    });
    const free = diskFacts({ host: 'n1', throttles: [{ at: null, text: '', file: 'io.max' }] });
    expect(throttledDisk.apply([slow, free])[0]).toMatchObject({
      kind: 'observed',
      values: { limitPerSecond: 1048576 },
    });
  });

  it('says nothing without limits', () => {
    expect(throttledDisk.apply([diskFacts({ throttles: [{ at: null, text: '' }] }), diskFacts({})])).toEqual([]);
  });
});
