import { describe, expect, it } from 'vitest';
import { at, cacheCase, logOf, masterSays, silence } from './cache-fixture.ts';
import { masterStoodStill } from './master-stood-still.ts';

const HOST = 'alx-master-0';
const master = (...lines: string[]) => logOf(HOST, [masterSays.here, ...lines]);
const mute = (part: Parameters<typeof silence>[0] = {}) =>
  silence({ role: 'master', host: HOST, refused: false, from: at('11:09:00'), until: at('11:11:00'), ...part });

describe('cache/master-stood-still', () => {
  it('a pause with collections is garbage collection', () => {
    const found = masterStoodStill.apply(
      cacheCase({ version: '2.9.4' }, [master(masterSays.paused('11:10:00', 71_574, 71_443))]),
    );
    expect(found).toMatchObject([
      { code: 'cache.master_gc', kind: 'observed', values: { pauseMs: 71_574, collectionMs: 71_443, host: HOST } },
    ]);
    expect(found[0]?.until).toBe(at('11:10:00') + 343);
  });

  it('a pause without them is not, and speaks against it', () => {
    const found = masterStoodStill.apply(
      cacheCase({ version: '2.9.4' }, [master(masterSays.paused('11:12:00', 158_756))]),
    );
    expect(found).toMatchObject([
      { code: 'cache.master_unresponsive', kind: 'observed', refutes: [{ code: 'cache.master_gc' }] },
    ]);
  });

  it('the monitor of 2.6 missed collections: only inferred, and nothing is refuted', () => {
    const old = masterStoodStill.apply(
      cacheCase({ version: '2.6.0' }, [master(masterSays.paused('11:12:00', 158_756))]),
    );
    expect(old).toMatchObject([{ code: 'cache.master_unresponsive', kind: 'inferred', refutes: [] }]);
  });

  it('many short collections count by the share of the time that they take', () => {
    const clocks = ['11:06:00', '11:07:00', '11:08:00', '11:09:00', '11:10:00', '11:11:00', '11:12:00', '11:13:00'];
    const pauses = (each: number) => clocks.map((clock) => masterSays.paused(clock, each, each));
    expect(masterStoodStill.apply(cacheCase({}, [master(...pauses(9_000), ...pauses(8_000))]))).toMatchObject([
      { code: 'cache.master_gc', count: 16, values: { pausedMs: 136_000, pauses: 16 } },
    ]);
    expect(masterStoodStill.apply(cacheCase({}, [master(...pauses(9_000))]))).toEqual([]);
  });

  it('takes connections and says nothing, or nobody listens any more', () => {
    expect(masterStoodStill.apply(cacheCase({ silences: [mute()] }))).toMatchObject([
      { code: 'cache.master_unresponsive', values: { silentMs: 120_000 } },
    ]);
    const [gone] = masterStoodStill.apply(cacheCase({ silences: [mute({ refused: true })] }));
    expect(gone?.statement.en).toContain('nobody listens at its address');
  });

  it('asked once and in vain: that suggests it, and no length of time is told', () => {
    const [found] = masterStoodStill.apply(cacheCase({ silences: [mute({ from: at('11:10:00'), until: null })] }));
    expect(found).toMatchObject({ code: 'cache.master_unresponsive', kind: 'inferred' });
    expect(found?.values).toEqual({});
    expect(found?.evidence).toHaveLength(1);
  });

  it('short, of another time, of another process, never there, nothing read: nothing', () => {
    const nothing = [
      cacheCase({}, [master(masterSays.paused('11:10:00', 2_818))]),
      cacheCase({}, [master(masterSays.paused('10:00:00', 158_756))]),
      cacheCase({ silences: [mute({ until: at('11:09:05') })] }),
      cacheCase({ silences: [mute({ role: 'worker' })] }),
      cacheCase({ silences: [mute({ refused: true, answeredAt: null })] }),
      cacheCase(),
    ];
    for (const one of nothing) expect(masterStoodStill.apply(one)).toEqual([]);
  });
});
