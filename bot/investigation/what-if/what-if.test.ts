import { describe, expect, it } from 'vitest';
import { compareRuns } from '../comparison/compare-runs.ts';
import { buildJob, type JobSpec, reduceStage, scanStage } from '../comparison/fixtures/build-job.ts';
import { bookTime } from '../ledger/book-time.ts';
import { buildRun } from '../ledger/fixtures/build-run.ts';
import { randomRun } from '../ledger/fixtures/random-run.ts';
import { type Culprit, culpritsOf } from './culprit.ts';
import { replayErrorPct, whatIf } from './what-if.ts';

function saved(spec: JobSpec, culprit: Culprit): number {
  const { run, ledger } = buildJob(spec);
  return whatIf(run, ledger, [culprit])[0]?.savedMs ?? 0;
}

const SKEWED = (): JobSpec => {
  const stage = reduceStage();
  const tasks = stage.tasks.map((task, i) =>
    i === 0 ? { ...task, ms: 100_000, shuffleReadRecords: 5_000_000 } : task,
  );
  return { stages: [scanStage(), { ...stage, tasks }] };
};

describe('the replay of the unchanged run', () => {
  it('gives the recorded wall clock back: waves, gaps, late executors, commit', () => {
    const specs: JobSpec[] = [
      {},
      { stages: [scanStage({}, 20), reduceStage({}, 13)], commitMs: 30_000, driverMs: 20_000 },
      { stages: [scanStage(), { ...reduceStage(), gapMs: 40_000 }], executorAt: 60_000 },
    ];
    for (const spec of specs) {
      const { run, ledger } = buildJob(spec);
      expect(replayErrorPct(run, ledger)).toBeLessThan(0.2);
    }
  });

  it('replays retries behind the attempts they repeat and copies beside their originals', () => {
    const scan = scanStage();
    const retried = scan.tasks.flatMap((task, i) => [
      { ...task, index: i, status: 'failed' as const, ms: 5_000 },
      { ...task, index: i, attempt: 1 },
    ]);
    const { run, ledger } = buildJob({ stages: [{ ...scan, tasks: retried }, reduceStage()] });
    expect(replayErrorPct(run, ledger)).toBeLessThan(1);
  });
});

describe('whatIf', () => {
  it('saves the tail of a skewed stage, the key’s rows spread over the others', () => {
    const ms = saved(SKEWED(), { kind: 'skew_tail', stageId: 1 });
    // 150 s of work on six slots take 25 s instead of 100 s
    expect(ms).toBeGreaterThan(70_000);
    expect(ms).toBeLessThan(80_000);
  });

  it('saves waiting, collecting and spilling, no more than the wall clock they took', () => {
    expect(
      saved({ stages: [scanStage(), reduceStage({ ms: 60_000, fetchWaitMs: 50_000 })] }, { kind: 'fetch_wait' }),
    ).toBe(50_000);
    expect(saved({ stages: [scanStage({ ms: 40_000, gcMs: 30_000 }), reduceStage()] }, { kind: 'gc' })).toBe(30_000);
    const spill = { stages: [scanStage(), reduceStage({ ms: 40_000, diskSpilledBytes: 1_000_000_000 })] };
    // the run writes 100,000 bytes a millisecond to its shuffle files
    expect(saved(spill, { kind: 'spill' })).toBe(10_000);
  });

  it('saves the slowness of one host', () => {
    const scan = scanStage();
    const tasks = scan.tasks.map((task, i) => ({
      ...task,
      onHost: `h${(i % 3) + 1}`,
      ms: i % 3 === 0 ? 90_000 : 10_000,
    }));
    const { run, ledger } = buildJob({ stages: [{ ...scan, tasks }, reduceStage()] });
    expect(culpritsOf(run, ledger)).toContainEqual({ kind: 'slow_host', host: 'h1' });
    expect(whatIf(run, ledger)[0]).toMatchObject({ culprit: { kind: 'slow_host' }, savedMs: 80_000 });
  });

  it('does not call the host of a skewed task slow', () => {
    const { run, ledger } = buildJob(SKEWED());
    expect(culpritsOf(run, ledger).map(({ kind }) => kind)).not.toContain('slow_host');
  });

  it('saves work done again, waiting for executors, the driver’s gap, the commit', () => {
    const scan = scanStage();
    const retried = scan.tasks.flatMap((task, i) => [
      { ...task, index: i, status: 'failed' as const, ms: 20_000 },
      { ...task, index: i, attempt: 1 },
    ]);
    expect(saved({ stages: [{ ...scan, tasks: retried }, reduceStage()] }, { kind: 'rework' })).toBe(20_000);
    expect(saved({ stages: [scanStage(), { ...reduceStage(), gapMs: 40_000 }] }, { kind: 'driver_gap' })).toBe(40_000);
    expect(saved({ commitMs: 50_000 }, { kind: 'commit' })).toBe(50_000);
    const waited = buildRun({
      start: 0,
      end: 70_000,
      executors: [{ id: '1', addedAt: 60_000 }],
      jobs: [{ id: 0, submittedAt: 1_000, endedAt: 70_000 }],
      stages: [{ id: 0, from: 1_000, to: 70_000, tasks: [{ launch: 60_000, finish: 70_000 }] }],
    });
    expect(whatIf(waited, bookTime(waited), [{ kind: 'executor_wait' }])[0]?.savedMs).toBe(59_000);
  });

  it('halves waves with twice the slots', () => {
    const ms = saved({ stages: [scanStage({}, 24), reduceStage({}, 6)] }, { kind: 'more_slots', factor: 2 });
    expect(ms).toBe(20_000);
  });

  it('takes the input back to its usual size', () => {
    const usual = buildJob({});
    const grown = buildJob({ stages: [scanStage({ ms: 30_000, inputRecords: 3_000_000 }), reduceStage()], plan: null });
    const comparison = compareRuns(grown.run, grown.ledger, [{ ...usual, run: { ...usual.run, sqlExecutions: [] } }]);
    const culprits = culpritsOf(grown.run, grown.ledger, comparison);
    const input = culprits.find(({ kind }) => kind === 'usual_input');
    expect(input).toBeDefined();
    expect(whatIf(grown.run, grown.ledger, input ? [input] : [])[0]?.savedMs).toBe(20_000);
  });

  it('promises nothing where the model misses the record by more than a tenth', () => {
    // slots were there all the time, and yet the second half began a minute late for no recorded reason
    const tasks = Array.from({ length: 4 }, (_, i) => ({
      launch: i < 2 ? 0 : 70_000,
      finish: i < 2 ? 10_000 : 80_000,
    }));
    const run = buildRun({
      end: 80_000,
      executors: [{ id: '1', cores: 2 }],
      stages: [{ id: 0, from: 0, to: 80_000, tasks }],
    });
    const ledger = bookTime(run);
    expect(replayErrorPct(run, ledger)).toBeGreaterThan(10);
    expect(whatIf(run, ledger, [{ kind: 'gc' }, { kind: 'more_slots', factor: 2 }])).toEqual([]);
  });

  it('has nothing to say of a run without tasks or time', () => {
    const empty = buildRun({ end: 1000 });
    expect(whatIf(empty, bookTime(empty))).toEqual([]);
    const none = buildRun({ start: null });
    expect(whatIf(none, bookTime(none))).toEqual([]);
  });

  it('never saves more than the wall clock, never less than nothing, on any run', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const run = randomRun(seed);
      const ledger = bookTime(run);
      for (const { savedMs, modelErrorPct } of whatIf(run, ledger)) {
        expect(savedMs, `seed ${seed}`).toBeGreaterThanOrEqual(0);
        expect(savedMs, `seed ${seed}`).toBeLessThanOrEqual(ledger.wallClockMs * 1.1);
        expect(modelErrorPct).toBeLessThanOrEqual(10);
      }
    }
  });

  it('replays 100,000 tasks without each of its culprits in seconds', () => {
    const stage = scanStage({ ms: 1_000, gcMs: 100 }, 100_000);
    const { run, ledger } = buildJob({
      stages: [stage],
      hosts: Array.from({ length: 50 }, (_, i) => `h${i}`),
      cores: 10,
    });
    const before = process.cpuUsage();
    expect(whatIf(run, ledger).length).toBeGreaterThan(0);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(8_000);
  });
});
