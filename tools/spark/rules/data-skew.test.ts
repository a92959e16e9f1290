import { describe, expect, test } from 'vitest';
import { dataSkew } from './data-skew.ts';
import { planNode, type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;

/** 12 tasks of 5 s and 20,000 records on 3 hosts, one of them replaced. */
function stage(long: Partial<TaskSpec>, wallMs = 200_000): RunSpec {
  const usual = Array.from(
    { length: 11 },
    (_, index): TaskSpec => ({
      at: 1_000 + (index % 3) * 5_000,
      ms: 5_000,
      host: `h${(index % 3) + 1}`,
      executor: `${(index % 3) + 1}`,
      shuffleReadRecords: 20_000,
      shuffleReadBytes: MIB,
    }),
  );
  return { wallMs, tasks: [...usual, { at: 6_000, ms: 150_000, host: 'h2', executor: '2', ...long }] };
}

describe('spark/data-skew', () => {
  test('a long task with rows in proportion to its time is observed skew, with its settings', () => {
    const spec = stage({ shuffleReadRecords: 500_000, shuffleReadBytes: 9 * MIB });
    const settings = { 'spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes': '256MB' };
    const join = planNode('SortMergeJoin', {}, [], 'SortMergeJoin [user_id#3], [user_id#8L], Inner');
    const plan = planNode('WriteFiles', {}, [planNode('SortMergeJoin', {}, [planNode('Exchange')], join.description)]);
    const run = sparkRunFixture({
      ...spec,
      settings,
      stages: [{ stageId: 0, sqlExecutionId: 4 }],
      sql: [{ id: 4, plan }],
    });
    const [finding, ...rest] = dataSkew.apply(run);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: 'skew.join_key', kind: 'observed', symptom: 'slow' });
    expect(finding?.keys).toMatchObject({ stageId: 0, stageAttempt: 0, taskId: 11, host: 'h2', executorId: '2' });
    // The stage ends at 156 s and would have ended with the other tasks at 16 s.
    expect(finding?.values.savedMs).toBe(140_000);
    expect(finding?.weight).toBeCloseTo(0.7, 5);
    expect(finding?.values).toMatchObject({
      taskRecords: 500_000,
      medianTaskRecords: 20_000,
      stageRecords: 720_000,
      joinKeys: 'user_id = user_id',
      aqeSkewThresholdReached: 'false',
      'spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes': '5m',
    });
    expect(finding?.statement.en).toContain('500,000 of the stage');
    expect(finding?.statement.zh).toContain('500,000');
    expect(finding?.evidence.map(({ excerpt }) => excerpt)).toContain(
      '"spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes":"256MB"',
    );
    expect(finding?.refutes?.map(({ code }) => code)).toContain('storage.slow_disk');
  });

  test('near miss: the long task has no more rows than the others', () => {
    expect(dataSkew.apply(sparkRunFixture(stage({ shuffleReadRecords: 21_000 })))).toEqual([]);
  });

  test('near miss: more rows, but the time per row is far above the usual: something else is slow', () => {
    expect(dataSkew.apply(sparkRunFixture(stage({ shuffleReadRecords: 90_000 })))).toEqual([]);
  });

  test('as many rows, one of them huge: the bytes tell', () => {
    const spec = stage({ shuffleReadRecords: 20_100, shuffleReadBytes: 20 * MIB });
    const [finding] = dataSkew.apply(sparkRunFixture(spec));
    expect(finding).toMatchObject({ code: 'skew.join_key', kind: 'observed' });
    expect(finding?.values).toMatchObject({ side: 'bytes', taskRecords: 20_100, medianTaskRecords: 20_000 });
    expect(finding?.statement.en).toContain('it alone read 20 MiB of the stage');
    expect(finding?.statement.zh).toContain('20 MiB');
  });

  test('near miss: more bytes, but far from enough for the time, or hardly more than usual', () => {
    expect(dataSkew.apply(sparkRunFixture(stage({ shuffleReadRecords: 20_000, shuffleReadBytes: 5.5 * MIB })))).toEqual(
      [],
    );
    expect(
      dataSkew.apply(sparkRunFixture(stage({ ms: 20_000, shuffleReadRecords: 20_000, shuffleReadBytes: 4 * MIB }))),
    ).toEqual([]);
  });

  test('more rows that explain only a part of the time are a suspicion', () => {
    const [finding] = dataSkew.apply(sparkRunFixture(stage({ shuffleReadRecords: 200_000 })));
    expect(finding).toMatchObject({ kind: 'inferred', code: 'skew.join_key' });
    expect(finding?.refutes).toBeUndefined();
  });

  test('near miss: a tail of a few seconds, or in a run where it hardly counts', () => {
    expect(dataSkew.apply(sparkRunFixture(stage({ ms: 4_900, shuffleReadRecords: 500_000 })))).toEqual([]);
    expect(dataSkew.apply(sparkRunFixture(stage({ ms: 25_000, shuffleReadRecords: 500_000 }, 10_000_000)))).toEqual([]);
  });

  test('near miss: other stages keep the slots busy while the long task runs', () => {
    const spec = stage({ shuffleReadRecords: 500_000 });
    const others = Array.from(
      { length: 6 },
      (_, index): TaskSpec => ({
        stage: 1,
        at: 10_000,
        ms: 180_000,
        host: `h${(index % 3) + 1}`,
        executor: `${(index % 3) + 1}`,
      }),
    );
    expect(dataSkew.apply(sparkRunFixture({ ...spec, tasks: [...(spec.tasks ?? []), ...others] }))).toEqual([]);
  });

  test('a key that is frequent on both sides: as many rows read as elsewhere, far more made', () => {
    const usual = Array.from(
      { length: 8 },
      (): TaskSpec => ({ at: 0, ms: 5_000, shuffleReadRecords: 20_000, outputRecords: 30_000 }),
    );
    const long: TaskSpec = { at: 0, ms: 90_000, shuffleReadRecords: 30_000, outputRecords: 700_000 };
    const [finding] = dataSkew.apply(sparkRunFixture({ tasks: [...usual, long] }));
    expect(finding).toMatchObject({ code: 'skew.join_key', values: { side: 'made', taskRecords: 700_000 } });
    expect(finding?.statement.en).toContain('it alone made 700,000');
  });

  test('uneven input splits are no join key', () => {
    const usual = Array.from({ length: 6 }, (): TaskSpec => ({ at: 0, ms: 5_000, inputRecords: 20_000 }));
    const run = sparkRunFixture({ tasks: [...usual, { at: 0, ms: 80_000, inputRecords: 400_000 }] });
    expect(dataSkew.apply(run)).toMatchObject([{ code: 'skew.partition_sizing', kind: 'inferred' }]);
  });

  test('absent data: no tasks, no metrics, no records', () => {
    expect(dataSkew.apply(sparkRunFixture({}))).toEqual([]);
    expect(dataSkew.apply(sparkRunFixture(stage({ hasMetrics: false, shuffleReadRecords: 500_000 })))).toEqual([]);
    const bare = [5_000, 5_000, 5_000, 90_000].map((ms): TaskSpec => ({ at: 0, ms }));
    expect(dataSkew.apply(sparkRunFixture({ tasks: bare }))).toEqual([]);
  });
});
