import { describe, expect, it } from 'vitest';
import { directReclaim } from './direct-reclaim.ts';
import { hostFacts, type SampleSpec } from './host-memory-fixture.ts';

const GROUP = '/hadoop-yarn/container_e12_1700000000000_0093_01_000006';

function sample(at: number | null, usage: number, failcnt: number, refaults: number, kills = 0): SampleSpec {
  return {
    at,
    files: {
      'memory.usage_in_bytes': `${usage}\n`,
      'memory.limit_in_bytes': '419430400\n',
      'memory.failcnt': `${failcnt}\n`,
      'memory.stat': `total_rss 373686272\nworkingset_refault_file ${refaults}\n`,
      'memory.oom_control': `oom_kill_disable 0\nunder_oom 0\noom_kill ${kills}\n`,
    },
  };
}

const apply = (...samples: SampleSpec[]) => directReclaim.apply(hostFacts({ groups: { [GROUP]: samples } }));

describe('memory/direct-reclaim', () => {
  it('sees the limit hit again and again while the cache is read again (figures of a recording)', () => {
    const [finding, ...rest] = apply(
      sample(100, 367603712, 0, 80),
      sample(132, 419389440, 630175, 1324235),
      sample(null, 419430400, 677465, 1460763),
    );
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      kind: 'observed',
      code: 'kernel.direct_reclaim',
      keys: { containerId: 'container_e12_1700000000000_0093_01_000006' },
      values: { limitHits: 630175, refaultedPages: 1324155, seconds: 32, limitBytes: 419430400 },
    });
    expect(finding?.evidence.map((piece) => piece.excerpt)).toEqual(
      expect.arrayContaining(['0', '630175', 'workingset_refault_file 80', 'workingset_refault_file 1324235']),
    );
  });

  it('leaves a cache alone that merely fills what there is', () => {
    expect(apply(sample(100, 367603712, 0, 80), sample(132, 419389440, 0, 90))).toEqual([]);
    expect(apply(sample(100, 419430400, 0, 80), sample(132, 419430400, 20_000, 90))).toEqual([]);
    expect(apply(sample(null, 419430400, 3_000, 90))).toEqual([]);
  });

  it('leaves a group alone that is below its limit, however often it read again', () => {
    expect(apply(sample(100, 200000000, 0, 80), sample(132, 200000000, 630175, 1324235))).toEqual([]);
  });

  it('steps back when somebody was killed in that time', () => {
    expect(apply(sample(100, 367603712, 0, 80), sample(132, 419389440, 630175, 1324235, 1))[0]).toMatchObject({
      kind: 'inferred',
    });
  });

  it('only suspects it where the processes hold little and clean cache is taken', () => {
    const cached = (spec: SampleSpec): SampleSpec => ({
      ...spec,
      files: {
        ...spec.files,
        'memory.stat': (spec.files['memory.stat'] ?? '').replace('total_rss 373686272', 'total_rss 9000000'),
      },
    });
    const found = apply(cached(sample(100, 367603712, 0, 80)), cached(sample(132, 419389440, 630175, 1324235)));
    expect(found[0]).toMatchObject({ kind: 'inferred', weight: 0.3 });
  });

  it('only suspects by the totals of a life', () => {
    expect(apply(sample(null, 419430400, 677465, 1460763))[0]).toMatchObject({ kind: 'inferred', at: null });
    expect(apply(sample(null, 419430400, 677465, 1460763, 1))).toEqual([]);
  });

  it('sees memory.high of version 2 slow a group down', () => {
    const high = (at: number, count: number) => ({
      at,
      files: {
        'memory.events': `low 0\nhigh ${count}\nmax 0\noom 0\noom_kill 0\n`,
        'memory.high': '400000000\n',
        'memory.current': '399000000\n',
      },
    });
    expect(apply(high(100, 10), high(130, 4000))[0]).toMatchObject({
      kind: 'observed',
      values: { highEvents: 3990, seconds: 30 },
    });
    expect(apply(high(100, 10), high(130, 40))).toEqual([]);
  });

  it('sees a group whose tasks all stall by its own pressure figures', () => {
    const pressed = (at: number, full: number, refaults: number) => ({
      at,
      files: {
        'memory.pressure': `some avg10=50.00 avg60=1.00 avg300=0.00 total=9\nfull avg10=${full}.00 avg60=1.00 avg300=0.00 total=9\n`,
        'memory.stat': `anon 5\nworkingset_refault_file ${refaults}\n`,
      },
    });
    expect(apply(pressed(100, 0, 10), pressed(130, 35, 9000))[0]).toMatchObject({
      kind: 'observed',
      values: { fullPercent: 35 },
    });
    expect(apply(pressed(130, 35, 9000))[0]).toMatchObject({ kind: 'inferred' });
    expect(apply(pressed(100, 0, 10), pressed(130, 6, 9000))).toEqual([]);
  });

  it('says nothing without files', () => {
    expect(directReclaim.apply(hostFacts({}))).toEqual([]);
  });
});
