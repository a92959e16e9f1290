import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import { HAS_SHARED, SHARED } from './fixtures/shared-data.ts';
import { tinyLog } from './fixtures/tiny-log.ts';
import { historySource } from './history-source.ts';
import { TASK_STATUS } from './task-table.ts';

/** A service that answers from a table of requests; anything else was not recorded. */
function platformOf(answers: Readonly<Record<string, unknown>>, archive?: Uint8Array): Platform & { asked: string[] } {
  const asked: string[] = [];
  const answer = (service: string, request: string): HttpAnswer => {
    const json = answers[request];
    const body = typeof json === 'string' ? json : JSON.stringify(json, null, 2);
    return { service, request, at: 1_795_259_949_000, status: 200, body, source: `http/${service}${request}` };
  };
  return {
    asked,
    kind: 'live',
    now: 1_795_260_000_000,
    files: async () => ({ files: [], skipped: [] }),
    services: async () => ['spark-history'],
    get: async (service, request) => {
      asked.push(request);
      if (request in answers) return answer(service, request);
      return { miss: 'not_recorded', why: { en: `${request} was not recorded`, zh: `没有录制 ${request}` } };
    },
    recorded: async (service) => Object.keys(answers).map((request) => answer(service, request)),
    getBytes: async () => archive ?? null,
  };
}

const APPLICATIONS = [
  {
    id: 'application_1_0001',
    name: 'nightly',
    attempts: [
      {
        attemptId: '2',
        startTime: '2026-11-21T11:00:00.000GMT',
        endTime: '2026-11-21T11:05:00.000GMT',
        sparkUser: 'etl',
        completed: true,
        appSparkVersion: '3.5.6',
      },
      {
        attemptId: '1',
        startTime: '2026-11-21T10:00:00.000GMT',
        endTime: '2026-11-21T10:05:00.000GMT',
        sparkUser: 'etl',
        completed: true,
        appSparkVersion: '3.5.6',
      },
    ],
  },
  { id: '../../etc', name: 'bad', attempts: [{ startTime: '2026-11-21T11:00:00.000GMT', completed: false }] },
];

const BASE = '/api/v1/applications/application_1_0001/2';

function task(taskId: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    taskId,
    index: taskId,
    attempt: 0,
    launchTime: '2026-11-21T11:01:00.000GMT',
    duration: 1_000 + taskId,
    executorId: '1',
    host: 'h1',
    status: 'SUCCESS',
    taskLocality: 'ANY',
    speculative: false,
    taskMetrics: { executorRunTime: 900, executorCpuTime: 5e8, jvmGcTime: 10, shuffleWriteMetrics: { writeTime: 2e6 } },
    ...more,
  };
}

const STAGE = {
  status: 'FAILED',
  stageId: 4,
  attemptId: 0,
  name: 'save at J.scala:1',
  numTasks: 3,
  numCompleteTasks: 1,
  numFailedTasks: 2,
  submissionTime: '2026-11-21T11:01:00.000GMT',
  completionTime: '2026-11-21T11:02:00.000GMT',
  failureReason: 'Job aborted due to stage failure: x',
};

const ANSWERS = {
  '/api/v1/applications?limit=2000': APPLICATIONS,
  [`${BASE}/environment`]: {
    runtime: { javaVersion: '17' },
    sparkProperties: [['spark.master', 'yarn']],
    systemProperties: [],
  },
  [`${BASE}/allexecutors`]: [
    { id: 'driver', hostPort: 'gw:4040', totalCores: 0, isActive: true },
    {
      id: '1',
      hostPort: 'h1:3',
      totalCores: 2,
      isActive: false,
      addTime: '2026-11-21T11:00:10.000GMT',
      removeTime: '2026-11-21T11:01:30.000GMT',
      removeReason: 'Container container_1_0001_02_000002 on host: h1 was preempted.',
      executorLogs: { stdout: 'http://h1:8042/node/containerlogs/container_1_0001_02_000002/etl/stdout' },
    },
  ],
  [`${BASE}/jobs`]: [
    {
      jobId: 1,
      status: 'FAILED',
      stageIds: [4],
      submissionTime: '2026-11-21T11:01:00.000GMT',
      completionTime: '2026-11-21T11:02:00.000GMT',
    },
  ],
  [`${BASE}/stages`]: [STAGE, { status: 'SKIPPED', stageId: 3, attemptId: 0 }],
  [`${BASE}/stages/4/0/taskList?length=1000&offset=0&sortBy=ID`]: [
    task(1),
    task(2, {
      status: 'FAILED',
      errorMessage: 'ExecutorLostFailure (executor 1 exited unrelated to the running tasks) Reason: preempted',
    }),
    task(3, { status: 'FAILED', errorMessage: 'java.io.IOException: disk\n\tat a.B.c(B.java:1)' }),
  ],
};

describe('historySource', () => {
  it('lists every attempt, newest first, and never an id that is no id', async () => {
    const outcome = await historySource(platformOf(ANSWERS)).list();
    if (outcome.outcome !== 'ok') throw new Error('not listed');
    expect(outcome.value).toMatchObject([
      { handle: 'application_1_0001/2', attempt: '2', user: 'etl', backend: 'rest', inProgress: false },
      { handle: 'application_1_0001/1', attempt: '1' },
    ]);
  });

  it('turns the answers into facts', async () => {
    const outcome = await historySource(platformOf(ANSWERS)).read('application_1_0001/2');
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const run = outcome.value;
    expect(run).toMatchObject({ backend: 'rest', sparkVersion: '3.5.6' });
    expect(run.application).toMatchObject({
      id: 'application_1_0001',
      attempt: '2',
      platform: 'yarn',
      driverHost: 'gw',
    });
    expect(run.executors).toMatchObject([
      { id: '1', host: 'h1', cores: 2, removalKind: 'preempted', containerId: 'container_1_0001_02_000002' },
    ]);
    expect(run.jobs).toMatchObject([{ id: 1, result: 'failed', stageIds: [4] }]);
    expect(run.stages).toHaveLength(1);
    expect(run.stages[0]).toMatchObject({
      stageId: 4,
      status: 'failed',
      jobIds: [1],
      attempts: { succeeded: 1, failed: 2 },
      failuresByReason: { ExecutorLostFailure: 1, ExceptionFailure: 1 },
    });
    expect(run.stages[0]?.cpuMs?.p50).toBe(500);
    expect(run.stages[0]?.shuffleWriteMs?.p50).toBe(2);
    expect([...run.tasks.status]).toEqual([TASK_STATUS.succeeded, TASK_STATUS.lost, TASK_STATUS.failed]);
    expect(run.failureTexts.map(({ message }) => message)).toEqual([
      'Container container_1_0001_02_000002 on host: h1 was preempted.',
      'ExecutorLostFailure (executor 1 exited unrelated to the running tasks) Reason: preempted',
      'java.io.IOException: disk',
    ]);
    // What was not answered is told.
    expect(run.completeness.notes.map(({ en }) => en).join()).toContain('/sql?details=true');
  });

  it('quotes the element’s own lines', async () => {
    const platform = platformOf(ANSWERS);
    const outcome = await historySource(platform).read('application_1_0001/2');
    if (outcome.outcome !== 'ok') throw new Error('not read');
    for (const { quote } of outcome.value.keptTasks) {
      const request = quote.source.replace('http/spark-history', '');
      const answer = await platform.get('spark-history', request);
      const lines = 'body' in answer ? answer.body.split('\n') : [];
      expect(lines.slice(quote.fromLine - 1, quote.toLine).join('\n')).toContain(quote.excerpt);
    }
    expect(outcome.value.keptTasks[1]?.quote.excerpt).toContain('"taskId": 2');
  });

  it('pages through the tasks of a large stage, and takes the server’s quantiles for a huge one', async () => {
    const page = (from: number, count: number) => Array.from({ length: count }, (_, at) => task(from + at));
    const answers = {
      ...ANSWERS,
      [`${BASE}/stages`]: [
        { ...STAGE, numCompleteTasks: 2_500, numFailedTasks: 0, status: 'COMPLETE', failureReason: undefined },
        {
          ...STAGE,
          stageId: 5,
          status: 'COMPLETE',
          numCompleteTasks: 50_000,
          numFailedTasks: 0,
          executorRunTime: 77,
          failureReason: undefined,
        },
      ],
      [`${BASE}/stages/4/0/taskList?length=1000&offset=0&sortBy=ID`]: page(0, 1_000),
      [`${BASE}/stages/4/0/taskList?length=1000&offset=1000&sortBy=ID`]: page(1_000, 1_000),
      [`${BASE}/stages/4/0/taskList?length=1000&offset=2000&sortBy=ID`]: page(2_000, 500),
      [`${BASE}/stages/5/0/taskList?length=100&offset=0&sortBy=-runtime`]: page(9_000, 100),
      [`${BASE}/stages/5/0/taskList?length=200&offset=0&status=failed`]: [],
      [`${BASE}/stages/5/0/taskSummary?quantiles=0,0.25,0.5,0.75,0.95,1.0`]: {
        quantiles: [0, 0.25, 0.5, 0.75, 0.95, 1],
        executorRunTime: [1, 2, 3, 4, 5, 6],
      },
    };
    const outcome = await historySource(platformOf(answers)).read('application_1_0001/2');
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const [four, five] = outcome.value.stages;
    expect(four?.attempts.succeeded).toBe(2_500);
    expect(four?.durationMs).toMatchObject({ min: 1_000, max: 3_499 });
    expect(five?.attempts.succeeded).toBe(50_000);
    expect(five?.runMs).toEqual({ min: 1, p25: 2, p50: 3, p75: 4, p95: 5, max: 6, sum: 77 });
    expect(outcome.value.completeness.notes.map(({ en }) => en).join()).toContain('of 1 stage not every task');
  });

  it('prefers the event log in the server’s zip', async () => {
    const log = strToU8(`${tinyLog(3).join('\n')}\n`);
    for (const level of [0, 6] as const) {
      const archive = zipSync({
        'eventlog_v2_x/events_1_x': [log, { level }],
        'eventlog_v2_x/appstatus_x': new Uint8Array(),
      });
      const platform = platformOf(ANSWERS, archive);
      const outcome = await historySource(platform).read('application_1_0001/2');
      if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
      expect(outcome.value).toMatchObject({ backend: 'event_log', completeness: { end: 'ended' } });
      expect(outcome.value.tasks.length).toBe(3);
      expect(outcome.value.sources).toEqual([`http/spark-history${BASE}/logs/eventlog_v2_x/events_1_x`]);
      expect(platform.asked.some((request) => request.endsWith('/stages'))).toBe(false);
    }
  });

  it('goes back to the answers when the zip is broken', async () => {
    for (const archive of [
      new Uint8Array(10),
      zipSync({ a: strToU8('no log') }).subarray(0, 60),
      zipSync({ a: strToU8('no log') }),
    ]) {
      const outcome = await historySource(platformOf(ANSWERS, archive)).read('application_1_0001/2');
      expect(outcome).toMatchObject({ outcome: 'ok', value: { backend: 'rest' } });
    }
  });

  it('says that a service that answers with errors could not be asked', async () => {
    const error = { servlet: 'proxy', message: 'Connection refused', status: '500' };
    const broken = Object.fromEntries(Object.keys(ANSWERS).map((request) => [request, error]));
    const source = historySource(platformOf({ ...broken, '/api/v1/applications?limit=2000': APPLICATIONS }));
    expect(await source.read('application_1_0001/2')).toMatchObject({ outcome: 'failed', retryable: true });
    expect((await historySource(platformOf(broken)).list()).outcome).toBe('failed');
  });
});

describe.skipIf(!HAS_SHARED)('recorded answers of a running driver (shared/captures)', () => {
  it('sees the running tasks and what they have read so far: slow-023', async () => {
    const platform = await openCapture(path.join(SHARED, 'captures', 'slow-023-ctr-feature-still-running'));
    const source = historySource(platform, 'spark-driver');
    const outcome = await source.read('app-20261121111802-0002');
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const run = outcome.value;
    expect(run.completeness).toMatchObject({
      end: 'in_progress',
      openTasks: 6,
      lastEventAt: Date.parse('2026-11-21T11:19:09Z'),
    });
    expect(run.stages.map(({ stageId, status, taskCount }) => [stageId, status, taskCount])).toEqual([
      [0, 'succeeded', 1],
      [1, 'running', 7],
    ]);
    expect([...run.tasks.inputRecords]).toEqual([179_856, 162_726, 179_854, 175_762, 162_725, 183_951]);
    expect(run.executors).toHaveLength(3);
    const kept = run.keptTasks[0];
    const body = readFileSync(
      path.join(SHARED, 'captures', 'slow-023-ctr-feature-still-running', 'capture', kept?.quote.source ?? ''),
      'utf8',
    );
    expect(body).toContain(kept?.quote.excerpt);
  });

  it('finds nothing in the errors of a proxy: yarn-025', async () => {
    const platform = await openCapture(path.join(SHARED, 'captures', 'yarn-025-ad-feature-join-still-running'));
    expect((await historySource(platform, 'spark-driver').list()).outcome).toBe('failed');
  });
});
