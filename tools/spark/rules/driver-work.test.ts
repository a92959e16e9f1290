import { expect, test } from 'vitest';
import { driverWork } from './driver-work.ts';
import { FIXTURE_START, planNode, type RunSpec, sparkRunFixture } from './spark-run-fixture.ts';

const at = (seconds: number) => FIXTURE_START + seconds * 1_000;

/** A job that collects until 30 s, then nothing until the next job at 95 s. */
function run(callSite = 'collect at /srv/job.py:10', resultBytes = 5_000_000, spec: Partial<RunSpec> = {}) {
  return sparkRunFixture({
    wallMs: 107_000,
    executors: [1, 2, 3].map((id) => ({ id: `${id}` })),
    jobs: [
      { id: 0, submittedAt: at(5), endedAt: at(30), description: callSite },
      { id: 1, submittedAt: at(95), endedAt: at(105), description: 'parquet at x', sqlExecutionId: 2 },
    ],
    stages: [{ stageId: 0, jobIds: [0], name: callSite }],
    sql: [
      { id: 2, startedAt: at(95), endedAt: at(106), plan: planNode('WriteFiles', {}, [planNode('Scan ExistingRDD')]) },
    ],
    tasks: [{ at: 5_000, ms: 25_000, resultBytes }],
    ...spec,
  });
}

test('a long driver-only span after a collect, with executors idle', () => {
  const [finding] = driverWork.apply(run());
  expect(finding).toMatchObject({
    code: 'code.inefficient_plan',
    kind: 'observed',
    keys: { jobId: 0 },
    at: at(30),
    until: at(95),
  });
  expect(finding?.values).toMatchObject({ driverOnlyMs: 65_000, collectedBytes: 5_000_000, idleExecutors: 3 });
  expect(finding?.refutes?.map(({ code }) => code)).toContain('scheduling.insufficient_resources');
});

test('few bytes that the next job reads back from the driver are proof as well; without that they are not', () => {
  expect(driverWork.apply(run('collect at a.py:1', 800_000))).toMatchObject([{ kind: 'observed' }]);
  expect(driverWork.apply(run('collect at a.py:1', 800_000, { sql: [] }))).toMatchObject([{ kind: 'inferred' }]);
});

test('a gap without a collect is slow, with no cause of ours', () => {
  expect(driverWork.apply(run('parquet at a.py:1'))).toMatchObject([{ code: null, symptom: 'slow', kind: 'inferred' }]);
});

test('a script that was started as `python job.py` looks like a shell but for its call sites', () => {
  const started = run('collect at /srv/job.py:10', 5_000_000, { application: { interactive: true } });
  expect(driverWork.apply(started)).toMatchObject([{ code: 'code.inefficient_plan' }]);
});

test('many short gaps after collects add up', () => {
  const jobs = Array.from({ length: 9 }, (_, id) => ({
    id,
    submittedAt: at(5 + id * 10),
    endedAt: at(9 + id * 10),
    description: 'collect at /srv/job.py:10',
  }));
  const stages = jobs.map(({ id, description }) => ({ stageId: id, jobIds: [id], name: description }));
  const tasks = jobs.map(({ id }) => ({ stage: id, at: (5 + id * 10) * 1_000, ms: 4_000, resultBytes: 3_000_000 }));
  const [finding] = driverWork.apply(sparkRunFixture({ wallMs: 89_500, jobs, stages, tasks }));
  expect(finding).toMatchObject({ code: 'code.inefficient_plan', kind: 'observed', count: 8 });
  expect(finding?.values).toMatchObject({ gaps: 8, driverOnlyMs: 48_000, longestGapMs: 6_000 });
});

test('near miss: shells, notebooks and streams wait for people; a gap of seconds', () => {
  const shell = { application: { interactive: true } };
  expect(driverWork.apply(run('collect at NativeMethodAccessorImpl.java:0', 5_000_000, shell))).toEqual([]);
  expect(driverWork.apply(run('collect at /tmp/ipykernel_12/33.py:1', 5_000_000, shell))).toEqual([]);
  expect(driverWork.apply(run('collect at <console>:29'))).toEqual([]);
  const jobs = [
    { id: 0, submittedAt: at(5), endedAt: at(30) },
    { id: 1, submittedAt: at(38), endedAt: at(105) },
  ];
  expect(driverWork.apply(run('collect at a.py:1', 5_000_000, { jobs, sql: [] }))).toEqual([]);
});

test('near miss: a query runs in the gap (its commit is not idle driver time)', () => {
  const sql = [{ id: 2, startedAt: at(29), endedAt: at(106) }];
  expect(driverWork.apply(run('collect at a.py:1', 5_000_000, { sql }))).toEqual([]);
});

test('absent data', () => {
  expect(driverWork.apply(sparkRunFixture({}))).toEqual([]);
});
