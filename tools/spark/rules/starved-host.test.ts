import { expect, test } from 'vitest';
import { sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';
import { starvedHost } from './starved-host.ts';

function run(slow: Partial<TaskSpec>, stages = 1) {
  const tasks = Array.from({ length: stages }, (_, stage) =>
    ['h1', 'h2', 'h3'].flatMap((host) =>
      [0, 1].map(
        (): TaskSpec => ({
          stage,
          at: stage * 70_000,
          ms: 6_000,
          cpuMs: 700,
          inputRecords: 27_000,
          host,
          executor: host,
          ...(host === 'h3' ? slow : {}),
        }),
      ),
    ),
  );
  return sparkRunFixture({ wallMs: 150_000, tasks: tasks.flat() });
}

test('same rows and CPU time, far longer: the host makes its tasks wait; only ever inferred', () => {
  const [finding, ...rest] = starvedHost.apply(run({ ms: 65_000, cpuMs: 900, deserialiseMs: 0 }));
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ code: 'kernel.cpu_contention', kind: 'inferred', keys: { host: 'h3', stageId: 0 } });
  expect(finding?.values).toMatchObject({ savedMs: 59_000, hostRunMs: 65_000, otherHostsRunMs: 6_000, hostCpuMs: 900 });
});

test('several stages on the same host are one finding', () => {
  const found = starvedHost.apply(run({ ms: 65_000, cpuMs: 900 }, 2));
  expect(found).toMatchObject([{ count: 2, values: { savedMs: 118_000, stages: '0,1' } }]);
});

test('tasks that spill there and load their code as fast as elsewhere wait for the disk', () => {
  const [finding] = starvedHost.apply(
    run({ ms: 65_000, cpuMs: 900, diskSpilledBytes: 50_000_000, deserialiseMs: 200 }),
  );
  expect(finding).toMatchObject({ code: 'storage.slow_disk', kind: 'inferred' });
  const starved = starvedHost.apply(
    run({ ms: 65_000, cpuMs: 900, diskSpilledBytes: 50_000_000, deserialiseMs: 9_000 }),
  );
  expect(starved).toMatchObject([{ code: 'kernel.cpu_contention' }]);
});

test('near miss: the tasks on that host use more CPU, have more rows, or wait for GC, blocks or disk', () => {
  expect(starvedHost.apply(run({ ms: 65_000, cpuMs: 60_000 }))).toEqual([]);
  expect(starvedHost.apply(run({ ms: 65_000, inputRecords: 300_000 }))).toEqual([]);
  expect(starvedHost.apply(run({ ms: 65_000, gcMs: 58_000 }))).toEqual([]);
  expect(starvedHost.apply(run({ ms: 65_000, fetchWaitMs: 58_000 }))).toEqual([]);
  expect(starvedHost.apply(run({ ms: 65_000, shuffleWriteMs: 58_000 }))).toEqual([]);
});

test('near miss: a few seconds longer, as on any busy machine', () => {
  expect(starvedHost.apply(run({ ms: 15_000 }))).toEqual([]);
});

test('absent data: one host only, or no CPU time in the log (Spark before 2.1)', () => {
  expect(starvedHost.apply(sparkRunFixture({}))).toEqual([]);
  expect(starvedHost.apply(run({ ms: 65_000, cpuMs: Number.NaN }))).toEqual([]);
  const alone = [6_000, 65_000].map((ms): TaskSpec => ({ at: 0, ms, cpuMs: 700, inputRecords: 1 }));
  expect(starvedHost.apply(sparkRunFixture({ tasks: alone }))).toEqual([]);
});
