import { expect, test } from 'vitest';
import { slowShuffleDisk } from './slow-shuffle-disk.ts';
import { type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;

/** Two map tasks on each of three hosts; those on h2 take what `slow` says. */
function run(slow: Partial<TaskSpec>, spec: Partial<RunSpec> = {}, hosts = ['h1', 'h2', 'h3']) {
  const tasks = hosts.flatMap((host) =>
    [0, 1].map(
      (): TaskSpec => ({
        at: 0,
        ms: 12_000,
        shuffleWriteMs: 8_000,
        shuffleWriteBytes: 32 * MIB,
        inputRecords: 400_000,
        host,
        executor: host,
        ...(host === 'h2' ? slow : {}),
      }),
    ),
  );
  return sparkRunFixture({ wallMs: 240_000, tasks, ...spec });
}

test('one host writes the same bytes far more slowly and computes as fast', () => {
  const [finding, ...rest] = slowShuffleDisk.apply(run({ ms: 200_000, shuffleWriteMs: 196_000 }));
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({ code: 'storage.slow_disk', kind: 'observed', keys: { host: 'h2', stageId: 0 } });
  // Without the 188 s of extra writing the stage would have ended at 12 s.
  expect(finding?.values).toMatchObject({
    savedMs: 188_000,
    hostShuffleWriteMs: 196_000,
    otherHostsShuffleWriteMs: 8_000,
  });
  expect(finding?.refutes?.map(({ code }) => code)).toEqual(['skew.join_key', 'kernel.cpu_contention']);
  expect(finding?.statement.zh).toContain('h2 的本地磁盘慢');
});

test('with one other host only, or with slower computing as well, it is a suspicion', () => {
  const slow = { ms: 200_000, shuffleWriteMs: 196_000 };
  expect(slowShuffleDisk.apply(run(slow, {}, ['h1', 'h2']))).toMatchObject([{ kind: 'inferred' }]);
  const starved = { ms: 200_000, shuffleWriteMs: 150_000 };
  expect(slowShuffleDisk.apply(run(starved))).toMatchObject([{ kind: 'inferred', code: 'storage.slow_disk' }]);
});

test('near miss: all hosts write slowly, or the slow host writes more', () => {
  const all = Array.from(
    { length: 6 },
    (_, index): TaskSpec => ({
      at: 0,
      ms: 200_000,
      shuffleWriteMs: 196_000,
      shuffleWriteBytes: 32 * MIB,
      host: `h${(index % 3) + 1}`,
    }),
  );
  expect(slowShuffleDisk.apply(sparkRunFixture({ wallMs: 240_000, tasks: all }))).toEqual([]);
  expect(slowShuffleDisk.apply(run({ ms: 200_000, shuffleWriteMs: 196_000, shuffleWriteBytes: 900 * MIB }))).toEqual(
    [],
  );
});

test('near miss: writing is not what makes it longer', () => {
  expect(slowShuffleDisk.apply(run({ ms: 200_000, shuffleWriteMs: 30_000 }))).toEqual([]);
});

test('a remote shuffle has no local disk, by whatever class; the sort manager has', () => {
  const slow = { ms: 200_000, shuffleWriteMs: 196_000 };
  const managed = (manager: string) => run(slow, { settings: { 'spark.shuffle.manager': manager } });
  expect(slowShuffleDisk.apply(managed('org.apache.spark.shuffle.celeborn.SparkShuffleManager'))).toEqual([]);
  expect(slowShuffleDisk.apply(managed('org.apache.spark.shuffle.RssShuffleManager'))).toEqual([]);
  expect(slowShuffleDisk.apply(managed('org.apache.spark.shuffle.sort.SortShuffleManager'))).toHaveLength(1);
});

test('absent data', () => {
  expect(slowShuffleDisk.apply(sparkRunFixture({}))).toEqual([]);
  expect(slowShuffleDisk.apply(run({ ms: 200_000, shuffleWriteMs: 196_000, hasMetrics: false }))).toEqual([]);
});
