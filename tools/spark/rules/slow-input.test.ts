import { expect, test } from 'vitest';
import type { StageFacts } from '../facts.ts';
import { slowInput } from './slow-input.ts';
import { sparkRunFixture } from './spark-run-fixture.ts';

function run(stage: Partial<StageFacts>, cpuMs = 2_000) {
  return sparkRunFixture({
    stages: [{ stageId: 0, ...stage }],
    tasks: [0, 1].map(() => ({ at: 0, ms: 50_000, cpuMs, inputBytes: 1_000_000, inputRecords: 10 })),
  });
}

test('a scan that waits for what it reads is a symptom without a cause of ours', () => {
  const [finding] = slowInput.apply(run({ scanTimeMs: 80_000 }));
  expect(finding).toMatchObject({ symptom: 'slow', code: null, kind: 'inferred', keys: { stageId: 0 } });
  expect(finding?.values).toMatchObject({
    inputWaitMs: 80_000,
    runMs: 100_000,
    savedMs: 40_000,
    bytesPerSecond: 25_000,
  });
});

test('near miss: decoding on the CPU, or little time in the scan', () => {
  expect(slowInput.apply(run({ scanTimeMs: 80_000 }, 45_000))).toEqual([]);
  expect(slowInput.apply(run({ scanTimeMs: 10_000 }))).toEqual([]);
});

test('absent data: no scan metric (row formats), no CPU time', () => {
  expect(slowInput.apply(run({ scanTimeMs: null }))).toEqual([]);
  expect(slowInput.apply(run({ scanTimeMs: 80_000 }, Number.NaN))).toEqual([]);
  expect(slowInput.apply(sparkRunFixture({}))).toEqual([]);
});
