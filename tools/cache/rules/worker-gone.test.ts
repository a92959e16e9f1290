import { describe, expect, it } from 'vitest';
import { at, cacheCase, fuseSays, logOf, masterSays, silence } from './cache-fixture.ts';
import { workerGone } from './worker-gone.ts';

const HOST = 'alx-worker-1';
const master = (...lines: string[]) => logOf('alx-master-0', [masterSays.here, ...lines]);
const fuse = (...lines: string[]) => logOf('gpu-train-07', [fuseSays.mounted, ...lines]);

describe('cache/worker-gone', () => {
  it('the master declares it lost and reads from it fail: gone since its last heartbeat', () => {
    const logs = [master(masterSays.lost('11:10:43', HOST, 43_000)), fuse(fuseSays.readFailed('11:10:12', HOST))];
    const found = workerGone.apply(cacheCase({ silences: [silence({})] }, logs));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      code: 'cache.worker_lost',
      kind: 'observed',
      at: at('11:10:00') + 100,
      values: { host: HOST, silentMs: 43_000, failedReads: 1 },
    });
    expect(found[0]?.statement.en).toContain('nobody listens at its address; 1 read from it failed');
  });

  it('not declared yet: nobody listens, and only a failed read makes that observed', () => {
    const [alone] = workerGone.apply(cacheCase({ silences: [silence({})] }));
    expect(alone).toMatchObject({ code: 'cache.worker_lost', kind: 'inferred', at: at('11:09:00') });
    const [read] = workerGone.apply(
      cacheCase({ silences: [silence({})] }, [fuse(fuseSays.readFailed('11:10:12', HOST))]),
    );
    expect(read).toMatchObject({ kind: 'observed', values: { failedReads: 1 } });
  });

  it('a master that paused meanwhile declares healthy workers lost: refuted', () => {
    const log = master(masterSays.paused('11:12:00', 158_756), masterSays.lost('11:12:01', HOST, 158_000));
    const found = workerGone.apply(cacheCase({}, [log]));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: null, echo: true, refutes: [{ code: 'cache.worker_lost' }] });
    const mute = silence({
      role: 'master',
      host: 'alx-master-0',
      refused: false,
      from: at('11:09:00'),
      until: at('11:12:00'),
    });
    const told = workerGone.apply(
      cacheCase({ silences: [mute] }, [master(masterSays.lost('11:12:01', HOST, 158_000))]),
    );
    expect(told).toMatchObject([{ code: null, refutes: [{ code: 'cache.worker_lost' }] }]);
  });

  it('a pause much shorter than the silence, or long before, does not explain the loss', () => {
    for (const pause of [masterSays.paused('11:10:00', 2_818), masterSays.paused('11:06:00', 30_000)]) {
      const found = workerGone.apply(cacheCase({}, [master(pause, masterSays.lost('11:10:43', HOST, 43_000))]));
      expect(found.map(({ code }) => code)).toEqual(['cache.worker_lost']);
    }
  });

  it('losses of another time, failed reads alone, hanging workers and nothing at all say nothing', () => {
    expect(workerGone.apply(cacheCase({}, [master(masterSays.lost('10:10:43', HOST, 43_000))]))).toEqual([]);
    expect(workerGone.apply(cacheCase({}, [fuse(fuseSays.readFailed('11:10:12', HOST))]))).toEqual([]);
    expect(workerGone.apply(cacheCase({ silences: [silence({ refused: false })] }))).toEqual([]);
    expect(workerGone.apply(cacheCase({ silences: [silence({ answeredAt: null })] }))).toEqual([]);
    expect(workerGone.apply(cacheCase())).toEqual([]);
  });

  it('what a user program prints is no word of the master', () => {
    const print = logOf('gpu-train-07', [masterSays.lost('11:10:43', HOST, 43_000)], 'user_program');
    expect(workerGone.apply(cacheCase({}, [print]))).toEqual([]);
  });
});
