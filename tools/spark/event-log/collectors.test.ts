import { describe, expect, it } from 'vitest';
import { platformOf } from './collect-application.ts';
import { collectRun } from './collect-run.ts';
import { planOf, resolvePlan } from './sql-plan.ts';

/** A collector with events given to it as lines of a log. */
function collected(...events: { Event: string; [key: string]: unknown }[]) {
  const collector = collectRun();
  events.forEach((event, at) => {
    const bytes = Buffer.from(JSON.stringify(event));
    collector.event(event.Event.slice(event.Event.lastIndexOf('.') + 1), event, {
      source: 'x',
      line: at + 1,
      offset: 0,
      bytes,
    });
  });
  return collector;
}

const added = (id: string, host: string, more: object = {}) => ({
  Event: 'SparkListenerExecutorAdded',
  Timestamp: 1_700_000_000_000,
  'Executor ID': id,
  'Executor Info': { Host: host, 'Total Cores': 4, 'Log Urls': {}, ...more },
});

describe('executors', () => {
  it('are excluded by themselves, with their node, and for a stage, under all three names of the event', () => {
    const { executors } = collected(
      added('1', 'a'),
      added('2', 'b'),
      {
        Event: 'org.apache.spark.scheduler.SparkListenerExecutorBlacklisted',
        time: 10,
        executorId: '1',
        taskFailures: 4,
      },
      {
        Event: 'org.apache.spark.scheduler.SparkListenerExecutorExcludedForStage',
        time: 11,
        executorId: '1',
        stageId: 7,
      },
      { Event: 'org.apache.spark.scheduler.SparkListenerNodeExcluded', time: 12, hostId: 'b', executorFailures: 2 },
      { Event: 'org.apache.spark.scheduler.SparkListenerExecutorUnexcluded', time: 20, executorId: '1' },
      { Event: 'org.apache.spark.scheduler.SparkListenerNodeUnblacklisted', time: 21, hostId: 'b' },
    );
    expect(executors.result(null).map(({ exclusions }) => exclusions)).toEqual([
      [
        { from: 10, until: 20, stageId: null },
        { from: 11, until: null, stageId: 7 },
      ],
      [{ from: 12, until: 21, stageId: null }],
    ]);
  });

  it('have a life for each time they are added', () => {
    const removed = {
      Event: 'SparkListenerExecutorRemoved',
      Timestamp: 1_700_000_000_500,
      'Executor ID': '1',
      'Removed Reason': 'Executor killed by driver.',
    };
    const { executors, failures } = collected(added('1', 'a'), removed, added('1', 'c'));
    expect(executors.result(null)).toMatchObject([
      { host: 'a', removedAt: 1_700_000_000_500, removalKind: 'released' },
      { host: 'c', removedAt: null },
    ]);
    // Released on purpose: nothing failed.
    expect(failures.records({}, new Map(), 'engine')).toEqual([]);
  });

  it('are known by pod where the prefix of pod names is set, and by container out of their links', () => {
    const { executors } = collected(
      added('3', '10.0.0.7'),
      added('4', 'h', {
        'Log Urls': { stdout: 'http://h:8042/node/containerlogs/container_e12_1700000000000_0001_01_000005/me/stdout' },
      }),
    );
    expect(executors.result('nightly-abc')).toMatchObject([
      { podName: 'nightly-abc-exec-3' },
      { containerId: 'container_e12_1700000000000_0001_01_000005' },
    ]);
  });

  it('keep the highest metrics of a stage’s summary', () => {
    const metrics = (heap: number) => ({
      Event: 'SparkListenerStageExecutorMetrics',
      'Executor ID': '1',
      'Executor Metrics': { JVMHeapMemory: heap, x: -1 },
    });
    const { executors } = collected(metrics(5), added('1', 'a'), metrics(9), metrics(7));
    expect(executors.result(null)[0]?.peaks).toEqual({ JVMHeapMemory: 9 });
  });
});

describe('stages', () => {
  const completed = (reason: string | null) => ({
    Event: 'SparkListenerStageCompleted',
    'Stage Info': {
      'Stage ID': 1,
      'Stage Attempt ID': 0,
      'Number of Tasks': 2,
      'Submission Time': 1_700_000_000_000,
      'Completion Time': 1_700_000_001_000,
      ...(reason === null ? {} : { 'Failure Reason': reason }),
      'Shuffle Push Enabled': true,
      'Shuffle Push Mergers Count': 3,
      Accumulables: [
        { ID: 4, Name: 'scan time', Value: '120' },
        { ID: 5, Name: 'internal.metrics.executorRunTime', Value: 9 },
      ],
    },
  });

  it.each([
    [null, 'succeeded'],
    ['Job aborted due to stage failure: Task 0 failed 4 times', 'failed'],
    ['ShuffleMapStage 3 (x) has failed the maximum allowable number of times: 4', 'failed'],
    ['Job 5 cancelled The corresponding broadcast query has failed.', 'cancelled'],
    ['Stage cancelled: Job aborted due to stage failure: Task 0 in stage 5.0 failed', 'cancelled'],
    ['Stage cancelled', 'cancelled'],
    ['Job 3 cancelled part of cancelled job group g', 'cancelled'],
    ['Stage cancelled because SparkContext was shut down', 'failed'],
  ])('with the reason %j are %s', (reason, status) => {
    expect(collected(completed(reason)).stages.stages[0]?.status).toBe(status);
  });

  it('tell their scan time, their push-merge state and the totals of SQL accumulators', () => {
    const { stages } = collected(completed(null));
    expect(stages.stages[0]).toMatchObject({
      pushMerge: { enabled: true, mergers: 3 },
      scanTime: [{ accumulatorId: 4, value: 120 }],
    });
    expect([...stages.accumulators]).toEqual([[4, 120]]);
  });
});

describe('SQL executions', () => {
  const node = (name: string, more: object = {}) => ({
    nodeName: name,
    simpleString: name,
    children: [],
    metrics: [],
    ...more,
  });
  const start = {
    Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart',
    executionId: 1,
    rootExecutionId: 1,
    description: 'save',
    physicalPlanDescription: '== Physical Plan ==\nAdaptiveSparkPlan isFinalPlan=false',
    sparkPlanInfo: node('AdaptiveSparkPlan', { simpleString: 'AdaptiveSparkPlan isFinalPlan=false' }),
    time: 1_700_000_000_000,
  };
  const metric = { name: 'number of output rows', accumulatorId: 9, metricType: 'sum' };
  const update = {
    Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate',
    executionId: 1,
    physicalPlanDescription: '== Physical Plan ==\nAdaptiveSparkPlan isFinalPlan=true',
    sparkPlanInfo: node('AdaptiveSparkPlan', {
      simpleString: 'AdaptiveSparkPlan isFinalPlan=true',
      children: [node('Scan', { metrics: [metric, { ...metric, name: 'never', accumulatorId: 10 }] })],
    }),
  };

  it('carry the last adaptive plan with the values that were reported, and their error', () => {
    const { sql, failures } = collected(
      start,
      update,
      {
        Event: 'org.apache.spark.sql.execution.ui.SparkListenerDriverAccumUpdates',
        executionId: 1,
        accumUpdates: [[9, 40], [9, 2], ['x'], 7],
      },
      {
        Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd',
        executionId: 1,
        time: 1_700_000_000_900,
        errorMessage: 'boom',
      },
    );
    const [execution] = sql.result(new Map(), () => [3]);
    expect(execution).toMatchObject({
      id: 1,
      jobIds: [3],
      errorMessage: 'boom',
      planIsFinal: true,
      endedAt: 1_700_000_000_900,
    });
    expect(execution?.plan?.children[0]?.metrics).toEqual({ 'number of output rows': { value: 42, type: 'sum' } });
    expect(execution?.quotes.lastPlan).toMatchObject({ fromLine: 2 });
    expect(failures.records({}, new Map(), 'engine')).toMatchObject([{ text: 'boom', keys: { sqlExecutionId: 1 } }]);
  });

  it('prefer what the tasks reported to what the driver did', () => {
    const { sql } = collected(start, update);
    const [execution] = sql.result(new Map([[9, 5]]), () => []);
    expect(execution?.plan?.children[0]?.metrics['number of output rows']?.value).toBe(5);
    expect(execution).toMatchObject({ errorMessage: null, endedAt: null });
  });

  it('give up the plans of the shortest when there are too many', () => {
    const many = Array.from({ length: 40 }, (_, at) => [
      { ...start, executionId: at, physicalPlanDescription: `plan ${'x'.repeat(900_000)}` },
      { Event: 'SparkListenerSQLExecutionEnd', executionId: at, time: 1_700_000_000_000 + at },
    ]).flat();
    const { sql } = collected(...many);
    const kept = sql.result(new Map(), () => []);
    expect(kept).toHaveLength(40);
    expect(sql.droppedPlans()).toBeGreaterThan(10);
    expect(kept.at(-1)?.plan).not.toBeNull();
    expect(kept[0]?.plan).toBeNull();
  });

  it('end on a plan that is deeper than any stack', () => {
    let deep: object = node('leaf');
    for (let level = 0; level < 5_000; level += 1) deep = node('n', { children: [deep] });
    const plan = planOf(deep as Record<string, unknown>);
    let depth = 0;
    for (let at = plan && resolvePlan(plan, () => 1); at; at = at.children[0] ?? null) depth += 1;
    expect(depth).toBe(401);
  });
});

describe('the application', () => {
  it.each([
    ['yarn', null, 'yarn'],
    ['yarn-client', null, 'yarn'],
    ['spark://h:7077', null, 'standalone'],
    ['k8s://https://h', null, 'kubernetes'],
    ['local-cluster[2,1,1024]', null, 'standalone'],
    ['local[*]', null, 'local'],
    ['mesos://h', null, 'mesos'],
    ['*********(redacted)', 'app-20200706201101-0003', 'standalone'],
    [null, 'application_1_2', 'yarn'],
    [null, 'spark-195580588c0f4597ade9c93018b4e67f', 'kubernetes'],
    [null, 'local-1', 'local'],
    [null, null, 'unknown'],
  ])('runs on %s / %s: %s', (master, id, expected) => {
    expect(platformOf(master, id)).toBe(expected);
  });

  it('streams when a query reported progress', () => {
    const { application } = collected({
      Event: 'org.apache.spark.sql.streaming.StreamingQueryListener$QueryProgressEvent',
    });
    expect(application.result().application.interactive).toBe(true);
  });
});

describe('blocks', () => {
  it('are counted at the highest use', () => {
    const block = (id: string, memory: number) => ({
      Event: 'SparkListenerBlockUpdated',
      'Block Updated Info': {
        'Block Manager ID': { 'Executor ID': '1' },
        'Block ID': id,
        'Memory Size': memory,
        'Disk Size': 0,
      },
    });
    const { storage } = collected(
      block('rdd_0_0', 10),
      block('rdd_0_1', 20),
      block('rdd_0_0', 0),
      block('broadcast_1', 99),
    );
    expect(storage.result()).toEqual({ memoryBytes: 30, diskBytes: 0, blocks: 2 });
  });
});
