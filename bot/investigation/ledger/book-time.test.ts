import { describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../ledger-accounts.ts';
import type { TimeLedger } from '../time-ledger.ts';
import { bookTime } from './book-time.ts';
import { buildRun, chainPlan, type RunSpec, type TaskSpec } from './fixtures/build-run.ts';

/** Accounts as a plain object, `unexplained` beside them. */
function accounts(ledger: TimeLedger): Record<string, number> {
  const plain = Object.fromEntries(ledger.accounts.map((entry) => [entry.account, entry.ms]));
  return ledger.unexplainedMs > 0 ? { ...plain, unexplained: ledger.unexplainedMs } : plain;
}

function book(spec: RunSpec, context = {}): Record<string, number> {
  return accounts(bookTime(buildRun(spec), context));
}

function entry(ledger: TimeLedger, account: LedgerAccount) {
  return ledger.accounts.find((one) => one.account === account);
}

/** One stage from 0 to 1000 on one executor of two slots. */
function oneStage(tasks: readonly TaskSpec[], more: Partial<RunSpec> = {}): RunSpec {
  return {
    end: 1000,
    executors: [{ id: '1' }],
    stages: [{ id: 0, from: 0, to: 1000, tasks }],
    jobs: [{ id: 0, submittedAt: 0, endedAt: 1000 }],
    ...more,
  };
}

const FULL: TaskSpec[] = [
  { launch: 0, finish: 1000 },
  { launch: 0, finish: 1000 },
];

describe('states of the whole run', () => {
  it('splits queue, start-up, executors, driver and commit', () => {
    const spec: RunSpec = {
      start: 1000,
      end: 10_000,
      executors: [{ id: '1', addedAt: 3000 }],
      jobs: [{ id: 0, submittedAt: 4000, endedAt: 6000, sqlExecutionId: 7 }],
      stages: [{ id: 0, from: 4000, to: 6000, tasks: FULL.map(() => ({ launch: 4000, finish: 6000 })) }],
      sql: [{ id: 7, startedAt: 3500, endedAt: 9000, plan: chainPlan('Execute InsertIntoHadoopFsRelationCommand') }],
    };
    expect(book(spec, { submittedAt: -4000, launchedAt: 0 })).toEqual({
      queue_wait: 4000,
      // 0-1000 the driver's own start, 3000-4000 before the job, 9000-10000 after the query
      driver: 3000,
      executor_wait: 2000,
      compute: 2000,
      commit: 3000,
    });
  });

  it('does not take the time after a read-only query for a commit', () => {
    const spec: RunSpec = {
      end: 5000,
      executors: [{ id: '1' }],
      jobs: [{ id: 0, submittedAt: 0, endedAt: 1000, sqlExecutionId: 7 }],
      stages: [{ id: 0, from: 0, to: 1000, tasks: FULL }],
      sql: [{ id: 7, startedAt: 0, endedAt: 5000, plan: chainPlan('CollectLimit', 'Project') }],
    };
    expect(book(spec)).toEqual({ compute: 1000, driver: 4000 });
  });

  it('knows no queue when the resource manager says nothing', () => {
    expect(book(oneStage(FULL))).toEqual({ compute: 1000 });
  });

  it('keeps the start of a client-mode run that began before it was submitted', () => {
    const spec = oneStage(FULL, { start: -5000, executors: [{ id: '1', addedAt: 0 }] });
    const ledger = bookTime(buildRun(spec), { submittedAt: -4000, launchedAt: -1000 });
    expect(ledger.wallClockMs).toBe(6000);
  });

  it('books a cluster application without executors to waiting for them, a local one to its driver', () => {
    const empty: RunSpec = { end: 500, platform: 'yarn' };
    expect(book(empty)).toEqual({ executor_wait: 500 });
    expect(book({ ...empty, platform: 'local' })).toEqual({ driver: 500 });
    // Spark before 1.3 did not log executors: nothing is known of them
    expect(book({ ...empty, version: '1.2.0' })).toEqual({ driver: 500 });
  });

  it('books gaps of an interactive application as idle, those of a batch job as driver', () => {
    const spec: RunSpec = {
      ...oneStage(FULL),
      end: 4000,
      sql: [{ id: 0, startedAt: 2000, endedAt: 2500 }],
    };
    expect(book({ ...spec, interactive: true })).toEqual({ compute: 1000, driver: 500, idle: 2500 });
    expect(book(spec)).toEqual({ compute: 1000, driver: 3000 });
    const told = bookTime(buildRun({ ...spec, interactive: true })).notes.map((note) => note.en);
    expect(told.some((note) => note.includes('waited for its user'))).toBe(true);
  });
});

describe('breakdown of an attempt', () => {
  it('divides its duration in the order of the definition', () => {
    const task: TaskSpec = {
      launch: 0,
      finish: 1000,
      deserialiseMs: 100,
      resultSerialiseMs: 30,
      gettingResultMs: 20,
      runMs: 800,
      fetchWaitMs: 200,
      shuffleWriteMs: 100,
      gcMs: 150,
      shuffleWriteBytes: 1000,
      diskSpilledBytes: 2000,
    };
    // 1000 bytes in 100 ms: 2000 bytes spilled are reckoned as 200 ms
    const ledger = bookTime(buildRun(oneStage([task, task])));
    expect(accounts(ledger)).toEqual({
      scheduling: 50,
      serialisation: 150,
      fetch_wait: 200,
      shuffle_write: 100,
      gc: 150,
      spill: 200,
      compute: 150,
    });
    expect(entry(ledger, 'spill')?.estimated).toBe(true);
    expect(entry(ledger, 'gc')?.estimated).toBeUndefined();
    expect(entry(ledger, 'gc')?.byHost).toEqual(Object.assign(Object.create(null), { 'host-1': 150 }));
    expect(entry(ledger, 'gc')?.byStage).toEqual({ '0.0': 150 });
  });

  it('leaves spill in compute when the run shows no write rate', () => {
    const task = { launch: 0, finish: 1000, diskSpilledBytes: 5_000_000 };
    expect(book(oneStage([task, task]))).toEqual({ compute: 1000 });
  });

  it('shares the scan time of a stage by bytes', () => {
    const tasks = [
      { launch: 0, finish: 1000, inputBytes: 300 },
      { launch: 0, finish: 1000, inputBytes: 100 },
    ];
    const spec = oneStage(tasks);
    const stages = (spec.stages ?? []).map((stage) => ({ ...stage, scanTimeMs: 800 }));
    // 600 of the first attempt, 200 of the second, each slot carrying half the clock
    expect(book({ ...spec, stages })).toEqual({ input_wait: 400, compute: 600 });
  });

  it('clips GC and fetch wait above the run time and says how much', () => {
    const task: TaskSpec = { launch: 0, finish: 1000, runMs: 1000, fetchWaitMs: 700, gcMs: 1360 };
    const ledger = bookTime(buildRun(oneStage([task, task])));
    expect(accounts(ledger)).toEqual({ fetch_wait: 700, gc: 300 });
    expect(ledger.notes.some((note) => note.en.includes('2120 ms') && note.zh.includes('2120'))).toBe(true);
  });

  it('clips a negative scheduler delay', () => {
    const task: TaskSpec = { launch: 0, finish: 1000, runMs: 950, deserialiseMs: 100 };
    expect(book(oneStage([task, task]))).toEqual({ serialisation: 100, compute: 900 });
  });

  it('takes a run time for what it is where the CPU time is not told (before Spark 2.1)', () => {
    expect(book(oneStage(FULL.map((task) => ({ ...task, cpuMs: Number.NaN }))))).toEqual({ compute: 1000 });
  });

  it('explains nothing from attempts without metrics or with nothing but zeros', () => {
    expect(
      book(
        oneStage([
          { launch: 0, finish: 1000, metrics: false },
          { launch: 0, finish: 1000 },
        ]),
      ),
    ).toEqual({
      unexplained: 500,
      compute: 500,
    });
    expect(
      book(
        oneStage([
          { launch: 0, finish: 1000, runMs: 0 },
          { launch: 0, finish: 1000 },
        ]),
      ),
    ).toEqual({
      unexplained: 500,
      compute: 500,
    });
  });
});

describe('slots', () => {
  it('counts task slots by spark.task.cpus', () => {
    const spec = oneStage(
      [
        { launch: 0, finish: 1000 },
        { launch: 0, finish: 1000 },
      ],
      {
        executors: [{ id: '1', cores: 5 }],
        spark: { 'spark.task.cpus': '2' },
      },
    );
    expect(book(spec)).toEqual({ compute: 1000 });
  });

  it('takes the most attempts seen at once where the log says 0 cores, and where a profile decides', () => {
    expect(book(oneStage(FULL, { executors: [{ id: '1', cores: 0 }] }))).toEqual({ compute: 1000 });
    expect(book(oneStage(FULL, { executors: [{ id: '1', cores: 16, resourceProfileId: 1 }] }))).toEqual({
      compute: 1000,
    });
  });

  it('counts no slots for the driver beside executors, but for a local driver', () => {
    const beside = oneStage(
      [
        { launch: 0, finish: 1000, executor: '1' },
        { launch: 0, finish: 1000, executor: '1' },
      ],
      {
        executors: [{ id: 'driver', cores: 8 }, { id: '1' }],
      },
    );
    expect(book(beside)).toEqual({ compute: 1000 });
    const local = oneStage(FULL, { platform: 'local', executors: [{ id: 'driver', cores: 2 }] });
    expect(book(local)).toEqual({ compute: 1000 });
  });

  it('does not double an executor that was added again under its id', () => {
    const spec = oneStage(FULL, {
      executors: [
        { id: '1', addedAt: 0 },
        { id: '1', addedAt: 400 },
      ],
    });
    expect(book(spec)).toEqual({ compute: 1000 });
  });

  it('takes what runs for capacity in logs that do not tell of executors', () => {
    const spec = oneStage([{ launch: 200, finish: 1000 }], { executors: [], version: '1.2.0' });
    expect(book(spec)).toEqual({ executor_wait: 200, compute: 800 });
  });

  it('leaves tasks that run while no executor is known unexplained', () => {
    const spec = oneStage(FULL, { executors: [{ id: '1', addedAt: 0, removedAt: 600 }] });
    expect(book(spec)).toEqual({ compute: 600, unexplained: 400 });
  });

  it('respects a GPU that is scarcer than the cores', () => {
    const spec = oneStage([{ launch: 0, finish: 1000 }], {
      executors: [{ id: '1', cores: 16 }],
      spark: { 'spark.executor.resource.gpu.amount': '1', 'spark.task.resource.gpu.amount': '1' },
    });
    expect(book(spec)).toEqual({ compute: 1000 });
  });
});

describe('waiting for executors', () => {
  it('books the whole instant while a stage wants tasks and no slot is alive (a dip of dynamic allocation)', () => {
    const spec = oneStage(
      [
        { launch: 0, finish: 300 },
        { launch: 700, finish: 1000, executor: '2' },
      ],
      {
        executors: [
          { id: '1', cores: 1, removedAt: 300 },
          { id: '2', cores: 1, addedAt: 700 },
        ],
      },
    );
    expect(book(spec)).toEqual({ executor_wait: 400, compute: 600 });
  });

  it('books the missing share of a fixed number of executors only while tasks wait', () => {
    const spec: RunSpec = {
      end: 1000,
      executors: [{ id: '1', cores: 1 }],
      spark: { 'spark.executor.instances': '4', 'spark.executor.cores': '1' },
      stages: [
        {
          id: 0,
          from: 0,
          to: 1000,
          tasks: [
            { launch: 0, finish: 600 },
            { launch: 600, finish: 1000 },
          ],
        },
      ],
    };
    // 0-600: one of four slots asked for, a task waits; 600-1000: nothing waits, the last task runs alone
    expect(book(spec)).toEqual({ executor_wait: 450, compute: 550 });
  });

  it('asks with dynamic allocation for what is wanted, up to the maximum', () => {
    const tasks = [
      { launch: 0, finish: 500 },
      { launch: 0, finish: 500 },
      { launch: 500, finish: 1000 },
      { launch: 500, finish: 1000 },
    ];
    const spark = { 'spark.dynamicAllocation.enabled': 'true', 'spark.executor.cores': '2' };
    // 2 run and 2 wait: two executors of two slots are wanted, one is there
    expect(book(oneStage(tasks, { spark }))).toEqual({ executor_wait: 250, compute: 750 });
    expect(book(oneStage(tasks, { spark: { ...spark, 'spark.dynamicAllocation.maxExecutors': '1' } }))).toEqual({
      compute: 1000,
    });
  });

  it('waits for executors while all slots are excluded', () => {
    const spec = oneStage(
      [
        { launch: 600, finish: 1000 },
        { launch: 600, finish: 1000 },
      ],
      {
        executors: [{ id: '1', exclusions: [{ from: 0, until: 500, stageId: null }] }],
      },
    );
    expect(book(spec)).toEqual({ executor_wait: 500, scheduling: 100, compute: 400 });
  });

  it('waits while the only active stage may not use the slots, not while another stage may', () => {
    const excluded = { id: '1', exclusions: [{ from: 0, until: 600, stageId: 0 }] };
    const late = [
      { launch: 600, finish: 1000 },
      { launch: 600, finish: 1000 },
    ];
    expect(book(oneStage(late, { executors: [excluded] }))).toEqual({ executor_wait: 600, compute: 400 });
    const other = { id: 1, from: 0, to: 1000, tasks: [{ launch: 1000, finish: 1000 }] };
    const both = oneStage(late, { executors: [excluded] });
    expect(book({ ...both, stages: [...(both.stages ?? []), other] })).toEqual({ scheduling: 600, compute: 400 });
  });
});

describe('free slots', () => {
  it('are scheduling while tasks wait, also those of a barrier stage that needs all slots at once', () => {
    const spec = oneStage([
      { launch: 400, finish: 1000 },
      { launch: 400, finish: 1000 },
    ]);
    expect(book(spec)).toEqual({ scheduling: 400, compute: 600 });
  });

  it('are idle beyond the number of tasks', () => {
    const spec = oneStage([{ launch: 0, finish: 1000 }], { executors: [{ id: '1', cores: 4 }] });
    expect(book(spec)).toEqual({ compute: 250, idle: 750 });
  });

  it('sum the tasks of concurrent stages, and a stage blocked by no slot is active', () => {
    const spec: RunSpec = {
      end: 1000,
      executors: [{ id: '1' }],
      stages: [
        { id: 0, from: 0, to: 500, tasks: FULL.map(() => ({ launch: 0, finish: 500 })) },
        { id: 1, from: 0, to: 1000, tasks: FULL.map(() => ({ launch: 500, finish: 1000 })) },
      ],
    };
    expect(book(spec)).toEqual({ compute: 1000 });
  });
});

describe('the tail', () => {
  const short: TaskSpec = { launch: 0, finish: 100, inputRecords: 100, inputBytes: 1000 };
  const withTail = (long: TaskSpec): RunSpec =>
    oneStage([short, short, short, long], { executors: [{ id: '1', cores: 4 }] });

  it('is skew when the last attempt holds the data in proportion to its time', () => {
    const long = { launch: 0, finish: 1000, inputRecords: 900, inputBytes: 1000 };
    // 100 ms of all four slots, then 900 ms of one that runs and three that wait for it
    expect(book(withTail(long))).toEqual({ compute: 325, skew_tail: 675 });
  });

  it('is skew when a join made more rows in it, though it read as many', () => {
    const long = { ...short, finish: 1000, outputRecords: 5000 };
    const few = { ...short, outputRecords: 500 };
    const spec = oneStage([few, few, few, long], { executors: [{ id: '1', cores: 4 }] });
    expect(book(spec)).toEqual({ compute: 325, skew_tail: 675 });
  });

  it('goes to the account in which the attempt exceeds the median when its data is like the others', () => {
    const slowDisk = { ...short, finish: 1000, runMs: 1000, shuffleWriteMs: 900 };
    // the attempt's own 250 ms: 225 writing, 25 computing; the tail behind it is writing too
    expect(book(withTail(slowDisk))).toEqual({ shuffle_write: 900, compute: 100 });
    const slowServer = { ...short, finish: 1000, runMs: 1000, fetchWaitMs: 900 };
    expect(book(withTail(slowServer))).toEqual({ fetch_wait: 900, compute: 100 });
    const slowHost = { ...short, finish: 1000 };
    expect(book(withTail(slowHost))).toEqual({ compute: 1000 });
  });

  it('a little more data does not make a far longer attempt skewed', () => {
    expect(book(withTail({ ...short, finish: 1000, inputRecords: 150 }))).toEqual({ compute: 1000 });
  });

  it('is idle when the last attempts are as long as the others: the wave was too short for the cores', () => {
    const tasks = [
      { launch: 0, finish: 500 },
      { launch: 0, finish: 500 },
      { launch: 500, finish: 1000 },
    ];
    expect(book(oneStage(tasks))).toEqual({ compute: 750, idle: 250 });
  });

  it('is rework behind an attempt that failed before', () => {
    const tasks: TaskSpec[] = [
      { launch: 0, finish: 500, index: 0 },
      { launch: 0, finish: 500, index: 1, status: 'failed' },
      { launch: 500, finish: 1000, index: 1, attempt: 1 },
    ];
    expect(book(oneStage(tasks))).toEqual({ compute: 500, rework: 500 });
  });
});

describe('rework', () => {
  it('is what failed, was killed or lost, and the losing twin of speculation', () => {
    for (const status of ['failed', 'killed', 'lost'] as const) {
      const tasks: TaskSpec[] = [
        { launch: 0, finish: 1000, index: 0 },
        { launch: 0, finish: 1000, index: 0, speculative: true, status },
      ];
      expect(book(oneStage(tasks)), status).toEqual({ compute: 500, rework: 500 });
    }
    const twins: TaskSpec[] = [
      { launch: 0, finish: 999, index: 0 },
      { launch: 0, finish: 1000, index: 0, speculative: true },
    ];
    expect(book({ ...oneStage(twins), end: 999 })).toEqual({ compute: 500, rework: 499 });
  });

  it('ends an attempt without end at its executor’s removal, as lost', () => {
    const spec = oneStage(
      [
        { launch: 0, executor: '1' },
        { launch: 0, finish: 1000, executor: '2', index: 1 },
      ],
      {
        executors: [
          { id: '1', cores: 1, removedAt: 400 },
          { id: '2', cores: 1 },
        ],
      },
    );
    expect(book(spec)).toEqual({ compute: 800, rework: 200 });
  });

  it('ends an attempt without end with its stage when another attempt of its partition won', () => {
    const tasks: TaskSpec[] = [
      { launch: 0, index: 0 },
      { launch: 0, finish: 600, index: 0, speculative: true },
    ];
    const stages = [{ id: 0, from: 0, to: 600, tasks }];
    expect(book({ end: 1000, executors: [{ id: '1' }], stages })).toEqual({ compute: 300, rework: 300, driver: 400 });
  });

  it('ends an attempt without end at the last event of a cut log, and cannot say what it did', () => {
    const spec: RunSpec = {
      completeness: { lastEventAt: 1000 },
      executors: [{ id: '1' }],
      stages: [{ id: 0, from: 0, to: null, tasks: [{ launch: 0 }, { launch: 0 }] }],
    };
    const ledger = bookTime(buildRun(spec));
    expect(accounts(ledger)).toEqual({ unexplained: 1000 });
    expect(ledger.notes.some((note) => note.en.includes('no end of the application'))).toBe(true);
    expect(ledger.notes.some((note) => note.en.startsWith('2 task attempts have no end'))).toBe(true);
  });

  it('is any attempt of a resubmitted stage for a partition already done', () => {
    const spec: RunSpec = {
      end: 2000,
      executors: [{ id: '1' }],
      stages: [
        { id: 0, from: 0, to: 1000, tasks: FULL },
        { id: 0, attempt: 1, from: 1000, to: 2000, tasks: [{ launch: 1000, finish: 2000, index: 1 }] },
      ],
    };
    expect(book(spec)).toEqual({ compute: 1000, rework: 500, idle: 500 });
  });

  it('is a map task that ended well and was resubmitted when its executor went: told twice, held one slot', () => {
    const done: TaskSpec = { launch: 0, finish: 400, index: 0 };
    const again: TaskSpec = { launch: 400, finish: 1000, index: 0, attempt: 1 };
    const run = buildRun(oneStage([done, { ...done, status: 'lost' }, again], { executors: [{ id: '1', cores: 1 }] }));
    run.tasks.taskId[1] = run.tasks.taskId[0] as number;
    expect(accounts(bookTime(run))).toEqual({ rework: 400, compute: 600 });
  });

  it('does not call a resubmitted stage rework for partitions that never were done', () => {
    const spec: RunSpec = {
      end: 2000,
      executors: [{ id: '1', cores: 1 }],
      stages: [
        { id: 0, from: 0, to: 1000, status: 'failed', tasks: [{ launch: 0, finish: 1000, index: 0 }] },
        { id: 0, attempt: 1, from: 1000, to: 2000, tasks: [{ launch: 1000, finish: 2000, index: 1 }] },
      ],
    };
    expect(book(spec)).toEqual({ compute: 2000 });
  });

  it('is a shared map stage that comes back as attempt 1 of an id that was skipped before', () => {
    const again = { id: 5, attempt: 1, from: 1000, to: 2000, tasks: FULL.map(() => ({ launch: 1000, finish: 2000 })) };
    const spec: RunSpec = {
      end: 2000,
      executors: [{ id: '1' }],
      stages: [{ id: 2, from: 0, to: 1000, tasks: FULL }, again],
    };
    expect(book(spec)).toEqual({ compute: 1000, rework: 1000 });
    // where parts of the log are gone, the first attempt may just not be told
    expect(book({ ...spec, completeness: { compacted: true } })).toEqual({ compute: 2000 });
  });

  it('is not a stage that adaptive planning cancelled on purpose', () => {
    const killed = FULL.map((task) => ({ ...task, status: 'killed' as const }));
    const stages = [{ id: 0, from: 0, to: 1000, status: 'cancelled' as const, sqlExecutionId: 3, tasks: killed }];
    const base = { end: 1000, executors: [{ id: '1' }], stages };
    expect(book({ ...base, sql: [{ id: 3, errorMessage: '' }] })).toEqual({ compute: 1000 });
    expect(book({ ...base, sql: [{ id: 3, errorMessage: 'Job aborted' }] })).toEqual({ rework: 1000 });
    expect(book(base)).toEqual({ rework: 1000 });
  });
});

describe('odd records', () => {
  it('books attempts of a stage the log does not tell', () => {
    const spec: RunSpec = { end: 1000, executors: [{ id: '1', cores: 1 }], orphans: [{ launch: 0, finish: 1000 }] };
    expect(book(spec)).toEqual({ compute: 1000 });
  });

  it('gives a stage without times those of its attempts, and skipped stages nothing', () => {
    const spec: RunSpec = {
      end: 1000,
      executors: [{ id: '1' }],
      jobs: [{ id: 0, submittedAt: 0, endedAt: 1000 }],
      stages: [
        { id: 0, from: null, to: null, status: 'succeeded', tasks: FULL.map(() => ({ launch: 200, finish: 1000 })) },
        { id: 1, from: null, to: null, status: 'succeeded', tasks: [] },
      ],
    };
    expect(book(spec)).toEqual({ driver: 200, compute: 800 });
  });

  it('books a run of which nothing is known as nothing', () => {
    const ledger = bookTime(buildRun({ start: null, completeness: { lastEventAt: null } }));
    expect(ledger).toMatchObject({ wallClockMs: 0, accounts: [], unexplainedMs: 0 });
  });

  it('leaves the time between the last record and the platform’s end unexplained', () => {
    const spec = oneStage(FULL, { end: null, completeness: { lastEventAt: 1000 } });
    expect(book(spec, { finishedAt: 1500 })).toEqual({ compute: 1000, unexplained: 500 });
  });

  it('books a running application up to now', () => {
    const spec = oneStage(FULL, { end: null, completeness: { lastEventAt: 1000, end: 'in_progress' } });
    const ledger = bookTime(buildRun(spec), { now: 4000 });
    expect(accounts(ledger)).toEqual({ compute: 1000, driver: 3000 });
    expect(ledger.notes[0]?.en).toContain('has not ended');
  });
});

describe('hostile records', () => {
  it('stands partition indices and task counts without bounds', () => {
    const tasks: TaskSpec[] = [
      { launch: 0, finish: 1000, index: 2_000_000_000 },
      { launch: 0, finish: 1000, index: -1 },
    ];
    const stages = [{ id: 1e15, from: 0, to: 1000, taskCount: 1e15, tasks }];
    const ledger = bookTime(buildRun({ end: 1000, executors: [{ id: '1', cores: 2 }], stages }));
    expect(accounts(ledger)).toEqual({ compute: 1000 });
  });

  it('keeps a host by whatever name, and shares in plain objects', () => {
    const spec = oneStage(FULL, { executors: [{ id: '1', host: '__proto__' }] });
    const ledger = bookTime(buildRun(spec));
    expect(Object.entries(entry(ledger, 'compute')?.byHost ?? {})).toEqual([['__proto__', 1000]]);
  });
});
