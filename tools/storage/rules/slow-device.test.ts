import { describe, expect, it } from 'vitest';
import { diskFacts, diskLine } from './host-disk-fixture.ts';
import { slowDevice } from './slow-device.ts';

const line = (device: string, writes: number, sectors: number, ms: number, busyMs: number, inFlight = 0) =>
  diskLine({ device, writes, sectors, ms, busyMs, inFlight });

function facts(
  before: readonly string[],
  after: readonly string[],
  times: [number | null, number | null] = [100, 110],
) {
  return diskFacts({
    samples: [
      { at: times[0], text: before.join('\n') },
      { at: times[1], text: after.join('\n') },
    ],
  });
}

describe('storage/slow-device', () => {
  it('sees one device slow among others: busy all the time for few bytes', () => {
    const found = slowDevice.apply([
      facts(
        [line('sdb', 0, 0, 0, 0), line('sdc', 0, 0, 0, 0), line('sdd', 0, 0, 0, 0)],
        [
          line('sdb', 40, 4000, 20_000, 9_900),
          line('sdc', 500, 90_000, 2_500, 2_000),
          line('sdd', 500, 90_000, 2_000, 2_000),
        ],
      ),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kind: 'observed',
      code: 'storage.slow_disk',
      keys: { device: 'sdb' },
      values: { requestMs: 500, requests: 40, usualRequestMs: 5 },
    });
  });

  it('sees a device that completes nothing', () => {
    const found = slowDevice.apply([
      facts([line('sdb', 7, 70, 5, 100, 3)], [line('sdb', 7, 70, 5, 30_100, 3)], [100, 130]),
    ]);
    expect(found[0]).toMatchObject({ kind: 'observed', values: { inFlight: 3, seconds: 30 } });
  });

  it('sees requests of seconds between samples without a clock', () => {
    const slow = facts(
      [line('sdb', 0, 0, 0, 0), line('sdc', 0, 0, 0, 0)],
      [line('sdb', 40, 4000, 300_000, 60_000), line('sdc', 500, 90_000, 2_500, 2_000)],
      [100, null],
    );
    expect(slowDevice.apply([slow])).toMatchObject([
      { kind: 'observed', keys: { device: 'sdb' }, values: { requestMs: 7500 } },
    ]);
    const milder = facts(
      [line('sdb', 0, 0, 0, 0), line('sdc', 0, 0, 0, 0)],
      [line('sdb', 40, 4000, 8_000, 6_000), line('sdc', 500, 90_000, 2_500, 2_000)],
      [100, null],
    );
    expect(slowDevice.apply([milder])).toMatchObject([{ kind: 'inferred' }]);
  });

  it('leaves alone a loaded device, an idle one, and one that is slow but seldom used', () => {
    expect(
      slowDevice.apply([facts([line('sdb', 0, 0, 0, 0)], [line('sdb', 4000, 2_000_000, 1_200_000, 9_900)])]),
    ).toEqual([]);
    expect(slowDevice.apply([facts([line('sdb', 0, 0, 0, 0, 0)], [line('sdb', 0, 0, 0, 0, 0)])])).toEqual([]);
    expect(slowDevice.apply([facts([line('sdb', 0, 0, 0, 0)], [line('sdb', 20, 200, 4_000, 500)])])).toEqual([]);
  });

  it('never judges by totals since boot', () => {
    expect(
      slowDevice.apply([
        diskFacts({
          samples: [
            {
              at: 100,
              text: '   7       4 loop4 191 5 6368 103 450 413 124328 3275046 0 345484 3275883 0 0 0 0 230 733',
            },
          ],
        }),
      ]),
    ).toEqual([]);
    expect(slowDevice.apply([diskFacts({})])).toEqual([]);
  });
});
