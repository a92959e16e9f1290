import { describe, expect, test } from 'vitest';
import type { ExecutorFacts } from '../facts.ts';
import { lostMapOutput } from './lost-map-output.ts';
import { FIXTURE_START, type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;
/** As `TaskEndReason.toErrorString` of Spark 3.5 writes it. */
const REASON =
  'FetchFailed(BlockManagerId(7, h7, 41234, None), shuffleId=3, mapIndex=2, mapId=11, reduceId=5, message=\norg.apache.spark.shuffle.FetchFailedException: Failed to connect to h7/10.0.0.7:41234\n)';

function run(executor: Partial<ExecutorFacts>, spec: Partial<RunSpec> = {}, reasonText = REASON) {
  const tasks: TaskSpec[] = [
    { stage: 1, at: 0, ms: 10_000, host: 'h7', executor: '7' },
    {
      stage: 2,
      at: 20_000,
      ms: 10_000,
      host: 'h8',
      executor: '8',
      status: 'failed',
      reasonClass: 'FetchFailed',
      reasonText,
    },
    { stage: 1, stageAttempt: 1, at: 32_000, ms: 8_000, host: 'h8', executor: '8' },
    { stage: 2, stageAttempt: 1, at: 40_000, ms: 20_000, host: 'h8', executor: '8' },
  ];
  return sparkRunFixture({
    executors: [{ id: '7', host: 'h7', containerId: 'container_1_0001_01_000008', ...executor }],
    tasks,
    ...spec,
  });
}

describe('spark/lost-map-output', () => {
  test('removed executor, failed fetch, repeated stages: the chain with its cost', () => {
    const found = lostMapOutput.apply(run({ removedAt: at(25), removalKind: 'exit_code', exitCode: 137 }));
    expect(found).toMatchObject([
      {
        code: 'shuffle.executor_lost',
        kind: 'observed',
        symptom: 'fetch_failed',
        keys: { executorId: '7', host: 'h7', shuffleId: 3, stageId: 2, containerId: 'container_1_0001_01_000008' },
      },
    ]);
    // 10 s of the failed reader and 28 s of the two attempts that ran again.
    expect(found[0]?.values).toMatchObject({
      reworkMs: 38_000,
      repeatedStageAttempts: 2,
      exitCode: 137,
      removedAfterMs: -5_000,
    });
    expect(found[0]?.evidence.map(({ excerpt }) => excerpt)).toContain('ExecutorRemoved 7');
  });

  test('the driver may hear of the loss after the failed fetch, but not much later', () => {
    expect(lostMapOutput.apply(run({ removedAt: at(90), removalKind: 'lost' }))).toMatchObject([
      { code: 'shuffle.executor_lost' },
    ]);
    expect(lostMapOutput.apply(run({ removedAt: at(900), removalKind: 'lost' }, { wallMs: 1_000_000 }))).toMatchObject([
      { code: null },
    ]);
  });

  test('a provider that still lives leaves the cause open', () => {
    const [finding] = lostMapOutput.apply(run({}));
    expect(finding).toMatchObject({ code: null, kind: 'inferred' });
    expect(finding?.statement.en).toContain('still lived');
  });

  test('a provider released by dynamic allocation', () => {
    expect(lostMapOutput.apply(run({ removedAt: at(15), removalKind: 'released' }))).toMatchObject([
      { code: 'scheduling.dynamic_allocation', kind: 'inferred' },
    ]);
  });

  test("a read from the shuffle service's port speaks of the service, also on a port of its own", () => {
    const settings = { 'spark.shuffle.service.enabled': 'true', 'spark.shuffle.service.port': '7447' };
    const reason = REASON.replaceAll('41234', '7447');
    expect(lostMapOutput.apply(run({}, { settings }, reason))).toMatchObject([
      { code: 'shuffle.external_service_unavailable' },
    ]);
    expect(lostMapOutput.apply(run({}, {}, reason))).toMatchObject([{ code: null }]);
  });

  test('damaged blocks speak of corruption, whoever sent them', () => {
    for (const words of [
      'Block shuffle_3_2_5 is corrupted due to DISK_ISSUE',
      'java.io.IOException: Stream is corrupted',
      'FAILED_TO_UNCOMPRESS(5)',
    ]) {
      expect(lostMapOutput.apply(run({}, {}, REASON.replace('Failed to connect', words)))).toMatchObject([
        { code: 'shuffle.corruption', kind: 'inferred' },
      ]);
    }
  });

  test('damaged blocks are told with what Spark’s own checksum says of the place, and without a guess where it says nothing', () => {
    const told = (words: string) =>
      lostMapOutput.apply(run({}, {}, REASON.replace('Failed to connect', words)))[0]?.statement.en;
    expect(told('Block shuffle_3_2_5 is corrupted due to DISK_ISSUE')).toContain('on the disk of the writer');
    expect(told('Block shuffle_3_2_5 is corrupted due to NETWORK_ISSUE')).toContain('on the network');
    expect(told('Block shuffle_3_2_5 is corrupted but checksum verification passed')).toContain(
      'the checksum is right',
    );
    expect(told('Block shuffle_3_2_5 is corrupted but the cause is unknown')).not.toContain('checksum');
  });

  test('a failure that names nobody (remote shuffles, missing output location)', () => {
    const [finding] = lostMapOutput.apply(
      run({}, {}, 'FetchFailed(null, shuffleId=0, mapIndex=-1, mapId=-1, reduceId=1, message=\nx\n)'),
    );
    expect(finding).toMatchObject({ code: null, kind: 'inferred' });
    expect(finding?.keys.host).toBeUndefined();
  });

  test('map stages that come back after a loss, without any failed fetch', () => {
    const tasks: TaskSpec[] = [
      { stage: 1, at: 0, ms: 10_000, host: 'h7', executor: '7', shuffleWriteRecords: 50 },
      { stage: 4, stageAttempt: 1, at: 40_000, ms: 30_000, host: 'h8', executor: '8' },
    ];
    const lost = { removedAt: at(30), removalKind: 'exit_code' as const, exitCode: 137 };
    expect(lostMapOutput.apply(run(lost, { tasks }))).toMatchObject([
      {
        code: 'shuffle.executor_lost',
        kind: 'inferred',
        symptom: 'slow',
        weight: 0.3,
        keys: { executorId: '7', stageId: 4 },
      },
    ]);
    expect(lostMapOutput.apply(run({ ...lost, removalKind: 'released' }, { tasks }))).toEqual([]);
    const idle = tasks.map((task) => ({ ...task, shuffleWriteRecords: 0 }));
    expect(lostMapOutput.apply(run(lost, { tasks: idle }))).toEqual([]);
  });

  test('near miss: other failures; absent data', () => {
    const tasks: TaskSpec[] = [
      { at: 0, ms: 1_000, status: 'failed', reasonClass: 'ExceptionFailure', reasonText: REASON },
    ];
    expect(lostMapOutput.apply(sparkRunFixture({ tasks }))).toEqual([]);
    expect(lostMapOutput.apply(sparkRunFixture({}))).toEqual([]);
  });
});
