import { expect, test } from 'vitest';
import type { ExecutorFacts } from '../facts.ts';
import { pythonMemory } from './python-memory.ts';
import { FIXTURE_START, sparkRunFixture } from './spark-run-fixture.ts';

const MIB = 1024 * 1024;

function run(executor: Partial<ExecutorFacts>, pythonBytes = 900 * MIB) {
  return sparkRunFixture({
    settings: { 'spark.executor.memory': '1g', 'spark.executor.memoryOverhead': '512m' },
    executors: [
      {
        id: '3',
        host: 'h3',
        removedAt: FIXTURE_START + 5_000,
        exitCode: 137,
        removalKind: 'exit_code',
        peaks: { ProcessTreePythonRSSMemory: pythonBytes },
        ...executor,
      },
    ],
  });
}

test('Python workers held more than all memory beside the heap when the executor was killed', () => {
  const [finding] = pythonMemory.apply(run({}));
  expect(finding).toMatchObject({
    code: 'memory.python_worker',
    kind: 'inferred',
    keys: { executorId: '3', host: 'h3' },
  });
  expect(finding?.values).toMatchObject({
    pythonPeakBytes: 900 * MIB,
    overheadBytes: 512 * MIB,
    'spark.executor.memoryOverhead': '1152m',
  });
  expect(finding?.weight).toBeCloseTo(900 / 1536, 5);
});

test('near miss: they fit beside the heap, or the executor was not killed for memory', () => {
  expect(pythonMemory.apply(run({}, 300 * MIB))).toEqual([]);
  expect(pythonMemory.apply(run({ exitCode: 1 }))).toEqual([]);
  expect(pythonMemory.apply(run({ exitCode: null, removalKind: 'released' }))).toEqual([]);
});

test('absent data: no process-tree metrics', () => {
  expect(pythonMemory.apply(run({ peaks: {} }))).toEqual([]);
  expect(pythonMemory.apply(sparkRunFixture({}))).toEqual([]);
});
