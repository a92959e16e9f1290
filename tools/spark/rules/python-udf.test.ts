import { expect, test } from 'vitest';
import { pythonUdf } from './python-udf.ts';
import { planNode, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

/** A scan with a UDF below an exchange, and the aggregation above it. */
function run(operator: string, task: Partial<TaskSpec> = {}) {
  const udf = planNode(operator, {}, [planNode('Scan parquet ')], `${operator} [sid(url#2)#8], [pythonUDF0#35]`);
  const exchange = planNode('Exchange', { 'shuffle records written': 70 }, [planNode('SortAggregate', {}, [udf])]);
  const scan: TaskSpec = {
    at: 10_000,
    ms: 60_000,
    cpuMs: 800,
    gcMs: 4_000,
    inputRecords: 400_000,
    shuffleWriteRecords: 35,
    ...task,
  };
  return sparkRunFixture({
    wallMs: 80_000,
    sql: [{ id: 0, plan: planNode('WriteFiles', {}, [planNode('SortAggregate', {}, [exchange])]) }],
    stages: [
      { stageId: 1, sqlExecutionId: 0 },
      { stageId: 3, sqlExecutionId: 0 },
    ],
    tasks: [
      { ...scan, stage: 1 },
      { ...scan, stage: 1 },
      { stage: 3, at: 71_000, ms: 5_000, cpuMs: 100, shuffleReadRecords: 70 },
    ],
  });
}

test('a stage that waits for row-at-a-time Python; the stage without Python is not blamed', () => {
  const found = pythonUdf.apply(run('BatchEvalPython'));
  expect(found).toMatchObject([
    { code: 'code.inefficient_plan', kind: 'observed', keys: { stageId: 1, sqlExecutionId: 0 } },
  ]);
  expect(found[0]?.values).toMatchObject({
    outsideJvmMs: 110_400,
    runMs: 120_000,
    records: 800_000,
    functions: 'sid(url)',
  });
  expect(found[0]?.evidence[0]?.excerpt).toBe('BatchEvalPython [sid(url#2)#8], [pythonUDF0#35]');
});

test('vectorised Python is a suspicion only', () => {
  expect(pythonUdf.apply(run('ArrowEvalPython'))).toMatchObject([{ kind: 'inferred' }]);
});

test('near miss: the JVM itself works, or no Python stands in the plan of that stage', () => {
  expect(pythonUdf.apply(run('BatchEvalPython', { cpuMs: 50_000 }))).toEqual([]);
  expect(pythonUdf.apply(run('BatchEvalPython', { gcMs: 40_000 }))).toEqual([]);
  expect(pythonUdf.apply(run('Project'))).toEqual([]);
});

test('absent data: no plan, no CPU time', () => {
  expect(pythonUdf.apply(sparkRunFixture({}))).toEqual([]);
  expect(pythonUdf.apply(run('BatchEvalPython', { cpuMs: Number.NaN }))).toEqual([]);
});
