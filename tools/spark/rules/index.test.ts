import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CAUSE_CODES } from '../../../knowledge/causes/cause-codes.ts';
import { overrideSparkThresholds, SPARK_THRESHOLDS } from '../thresholds.ts';
import { judgeSparkRun, SPARK_RULES } from './index.ts';
import { planNode, type RunSpec, sparkRunFixture, type TaskSpec } from './spark-run-fixture.ts';

const NOT_RULES = new Set(['index', 'spark-run-fixture']);

describe('the list of rules', () => {
  test('every file of the folder is in it under its own name, and has a test', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts'));
    const rules = files.filter((file) => !file.endsWith('.test.ts')).map((file) => path.basename(file, '.ts'));
    expect(SPARK_RULES.map(({ id }) => id).sort()).toEqual(
      rules
        .filter((name) => !NOT_RULES.has(name))
        .map((name) => `spark/${name}`)
        .sort(),
    );
    for (const { id } of SPARK_RULES) expect(files).toContain(`${id.slice('spark/'.length)}.test.ts`);
  });

  test('speaks for codes of the catalogue only, never for a verdict', () => {
    for (const { codes } of SPARK_RULES) for (const code of codes) expect(CAUSE_CODES).toContain(code);
    expect(SPARK_RULES.flatMap(({ codes }) => codes).filter((code) => /^(?:none|unknown)\./.test(code))).toEqual([]);
  });
});

describe('a log that the asker handed in', () => {
  test('is cited as the asker’s, by every rule', () => {
    const tasks = [5_000, 5_000, 5_000, 50_000].map(
      (ms, index): TaskSpec => ({ at: 0, ms, shuffleReadRecords: index === 3 ? 900 : 90 }),
    );
    const writers = (provenance: 'engine' | 'asker') =>
      judgeSparkRun({ ...sparkRunFixture({ tasks }), provenance }).map(({ evidence }) => [
        ...new Set(evidence.map((piece) => piece.provenance)),
      ]);
    expect(writers('engine')).toEqual([['engine']]);
    expect(writers('asker')).toEqual([['asker']]);
  });
});

describe('thresholds', () => {
  test('are overridden in one place and put back', () => {
    const tasks = [5_000, 5_000, 5_000, 50_000].map(
      (ms, index): TaskSpec => ({ at: 0, ms, shuffleReadRecords: index === 3 ? 900 : 90 }),
    );
    const run = () => sparkRunFixture({ tasks });
    expect(judgeSparkRun(run())).toHaveLength(1);
    const restore = overrideSparkThresholds({ longTaskMinMs: 60_000 });
    expect(judgeSparkRun(run())).toEqual([]);
    restore();
    expect(judgeSparkRun(run())).toHaveLength(1);
  });

  test('a misspelt name or an unusable value is refused', () => {
    expect(() => overrideSparkThresholds({ gcShar: 1 } as never)).toThrow(RangeError);
    expect(() => overrideSparkThresholds({ gcShare: Number.NaN })).toThrow(RangeError);
    expect(() => overrideSparkThresholds(JSON.parse('{"__proto__": 1}'))).toThrow(RangeError);
    expect(SPARK_THRESHOLDS.gcShare).toBe(0.25);
  });
});

/** Small deterministic pseudo-random numbers, so that a failure can be repeated. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const ODD = [Number.NaN, Number.POSITIVE_INFINITY, -5_000, 0, 1e300];

/** A run whose figures are partly nonsense. */
function oddRun(seed: number): RunSpec {
  const random = numbers(seed);
  const figure = (scale: number) =>
    random() < 0.12 ? (ODD[Math.floor(random() * ODD.length)] ?? 0) : random() * scale;
  const statuses = ['succeeded', 'succeeded', 'succeeded', 'failed', 'killed', 'lost', 'running'] as const;
  const tasks = Array.from({ length: 40 }, (): TaskSpec => {
    const host = `h${Math.floor(random() * 3)}`;
    return {
      stage: Math.floor(random() * 4),
      stageAttempt: random() < 0.1 ? 1 : 0,
      at: figure(60_000),
      ms: figure(60_000),
      host,
      executor: host,
      status: statuses[Math.floor(random() * statuses.length)] ?? 'failed',
      speculative: random() < 0.2,
      hasMetrics: random() < 0.9,
      reasonClass: random() < 0.5 ? 'FetchFailed' : 'ExceptionFailure',
      reasonText: random() < 0.5 ? 'FetchFailed(BlockManagerId(h1, h1, 7337' : '\u0000\ud800(((',
      runMs: figure(60_000),
      cpuMs: figure(60_000),
      gcMs: figure(60_000),
      fetchWaitMs: figure(400_000),
      shuffleWriteMs: figure(400_000),
      shuffleWriteBytes: figure(1e9),
      shuffleWriteRecords: figure(1e6),
      shuffleReadRecords: figure(1e6),
      shuffleReadBytes: figure(1e9),
      inputRecords: figure(1e6),
      inputBytes: figure(1e9),
      diskSpilledBytes: figure(1e9),
      memorySpilledBytes: figure(1e9),
      resultBytes: figure(1e9),
    };
  });
  const metrics = {
    'number of written files': figure(5_000),
    'job commit time': figure(60_000),
    'data size': figure(1e10),
    'number of files read': figure(9_000),
  };
  const scan = planNode('Scan parquet ', metrics, [], '"\\ PartitionFilters: [], PushedFilters: []');
  const join = planNode('CartesianProduct', {}, [scan, planNode('BroadcastExchange', metrics, [scan])]);
  return {
    settings: {
      'spark.executor.memory': random() < 0.5 ? '-1' : '9999999999999999999t',
      'spark.executor.instances': random() < 0.5 ? '9' : 'many',
      'spark.dynamicAllocation.enabled': random() < 0.5 ? 'TRUE' : 'maybe',
      'spark.memory.fraction': 'NaN',
      __proto__: 'x',
    } as unknown as Record<string, string>,
    application: { endedAt: random() < 0.3 ? null : 1_767_225_600_000 + figure(100_000) },
    jobs: [
      {
        id: 0,
        result: 'failed',
        failureReason: random() < 0.5 ? null : 'x'.repeat(50_000),
        endedAt: 1_767_225_600_000 + figure(90_000),
      },
    ],
    tasks,
    sql: [{ id: 0, endedAt: 1_767_225_600_000 + figure(200_000), plan: planNode('BatchEvalPython', {}, [join]) }],
    stages: [
      { stageId: 0, sqlExecutionId: 0, status: 'failed' },
      { stageId: 1, sqlExecutionId: 0 },
    ],
  };
}

describe('every rule on any input', () => {
  test('an empty run has nothing to say', () => {
    expect(judgeSparkRun(sparkRunFixture({}))).toEqual([]);
  });

  test('nonsense figures never throw, and never reach a statement, a weight or a value', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      for (const finding of judgeSparkRun(sparkRunFixture(oddRun(seed)))) {
        const said = `${finding.statement.en} ${finding.statement.zh} ${JSON.stringify(finding.values)}`;
        expect(said, finding.rule).not.toMatch(/NaN|Infinity|undefined|null|-\d+(?:\.\d+)? (?:s|ms|min|MiB)\b/);
        expect(finding.weight).toBeGreaterThanOrEqual(0);
        expect(finding.weight).toBeLessThanOrEqual(1);
        expect(finding.count).toBeGreaterThan(0);
        expect(finding.statement.en.length).toBeLessThan(1_200);
      }
    }
  });

  test('a run of 200,000 tasks is judged in seconds', () => {
    const tasks = Array.from(
      { length: 200_000 },
      (_, index): TaskSpec => ({
        stage: index % 20,
        at: index,
        ms: 900,
        host: `h${index % 50}`,
        shuffleReadRecords: 10,
      }),
    );
    const whole = sparkRunFixture({ wallMs: 400_000, tasks });
    const run = { ...whole, keptTasks: whole.keptTasks.slice(0, 1_000) };
    const from = performance.now();
    judgeSparkRun(run);
    expect(performance.now() - from).toBeLessThan(8_000);
  });
});
