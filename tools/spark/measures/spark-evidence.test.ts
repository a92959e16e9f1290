import { expect, test } from 'vitest';
import type { TextRecord } from '../../evidence/text-record.ts';
import { fixtureQuote, planNode, sparkRunFixture } from '../rules/spark-run-fixture.ts';
import { planNodeEvidence, reasonEvidence, settingEvidence, spoken } from './spark-evidence.ts';

test("a setting's own bytes, as they stand in the environment's line", () => {
  const run = sparkRunFixture({
    settings: { 'spark.executor.memory': '512m', 'spark.x': 'a "quoted" \\ value', 'spark.y': '1' },
  });
  const excerpts = settingEvidence(run, 'spark.executor.memory', 'spark.x', 'spark.absent').map(
    ({ excerpt }) => excerpt,
  );
  expect(excerpts).toEqual(['"spark.executor.memory":"512m"', String.raw`"spark.x":"a \"quoted\" \\ value"`]);
  for (const excerpt of excerpts) expect(run.environment.rawLine).toContain(excerpt);
});

test('no line of the environment, no evidence', () => {
  const run = sparkRunFixture({ settings: { 'spark.a': 'b' } });
  expect(settingEvidence({ ...run, environment: { ...run.environment, rawLine: null } }, 'spark.a')).toEqual([]);
  expect(spoken(null, 1)).toEqual([]);
});

test('a plan line is cut before what JSON would have escaped', () => {
  const [sql] = sparkRunFixture({ sql: [{ id: 1 }] }).sqlExecutions;
  if (!sql) throw new Error('no query');
  const excerpt = (description: string) => planNodeEvidence(sql, planNode('Filter', {}, [], description))[0]?.excerpt;
  expect(excerpt('Filter (a#1 = 3)')).toBe('Filter (a#1 = 3)');
  expect(excerpt('Filter (name#1 = "x")')).toBe('Filter (name#1 =');
  expect(excerpt(`Filter ${'x'.repeat(900)}`)?.length).toBe(400);
});

test('why a task failed stands where the text was kept, also with another attempt of the same text', () => {
  const base = sparkRunFixture({
    tasks: [3, 4].map((taskId) => ({
      taskId,
      at: 0,
      ms: 1,
      status: 'failed' as const,
      reasonClass: 'ExceptionFailure',
      reasonText: `java.io.IOException: disk ${taskId}`,
    })),
  });
  const record: TextRecord = {
    area: 'spark',
    writer: 'spark_event_log',
    provenance: 'engine',
    keys: { stageId: 0, taskId: 3 },
    at: 77,
    level: 'error',
    logger: '',
    thread: '',
    message: '',
    text: 'java.io.IOException: disk 3',
    exceptions: [],
    quote: fixtureQuote('"Task End Reason":{}'),
    count: 2,
    lastAt: null,
    order: 0,
  };
  const run = { ...base, failureTexts: [record] };
  expect(run.keptTasks.map((task) => reasonEvidence(run, task)[0]?.at)).toEqual([77, 77]);
  expect(reasonEvidence(base, base.keptTasks[0])).toEqual([]);
});
