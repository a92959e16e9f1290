import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { comparePair, longestStage, type PairPlan } from './compare-pair.ts';
import { runFigures } from './event-log-figures.ts';
import { LabError } from './lab-error.ts';
import { labFolder } from './lab-folder.ts';

const root = mkdtempSync(path.join(tmpdir(), 'wherefore-pair-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Events in the shape of Spark 3.5's own, cut down to what is read here; the figures are this test's. */
function eventLog(app: string, stages: readonly { wallMs: number; rows: readonly number[] }[]): string {
  const events: unknown[] = [
    { Event: 'SparkListenerApplicationStart', 'App ID': app, Timestamp: 1_000 },
    { Event: 'SparkListenerEnvironmentUpdate', 'Spark Properties': { 'spark.executor.memory': '512m' } },
  ];
  stages.forEach(({ wallMs, rows }, id) => {
    rows.forEach((count, at) => {
      events.push({
        Event: 'SparkListenerTaskEnd',
        'Stage ID': id,
        'Task Info': { Host: `h${at % 2}`, 'Launch Time': 0, 'Finish Time': count },
        'Task Metrics': {
          'Executor Run Time': count,
          'Executor CPU Time': count * 1e6,
          'Input Metrics': { 'Records Read': id === 0 ? count : 0 },
          'Shuffle Read Metrics': { 'Total Records Read': id === 0 ? 0 : count },
          'Shuffle Write Metrics': { 'Shuffle Bytes Written': 10, 'Shuffle Write Time': 3e6 },
          'Disk Bytes Spilled': 7,
        },
      });
    });
    // A task that was killed has no metrics.
    events.push({ Event: 'SparkListenerTaskEnd', 'Stage ID': id, 'Task Info': { Host: 'h0' } });
    const info = { 'Stage ID': id, 'Number of Tasks': rows.length, 'Submission Time': 0, 'Completion Time': wallMs };
    events.push({ Event: 'SparkListenerStageCompleted', 'Stage Info': info });
  });
  const took = stages.reduce((sum, { wallMs }) => sum + wallMs, 0);
  events.push({ Event: 'SparkListenerApplicationEnd', Timestamp: 1_500 + took });
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

const folder = labFolder(root, null);
const logOf = (app: string) => path.join(folder.shared, 'spark-history', app);
const write = (app: string, stages: Parameters<typeof eventLog>[1]) => {
  writeFileSync(logOf(app), eventLog(app, stages));
};
mkdirSync(path.dirname(logOf('x')), { recursive: true });
write('app-1', [
  { wallMs: 100, rows: [30, 10, 20] },
  { wallMs: 400, rows: [100, 100, 120] },
]);
write('app-2', [
  { wallMs: 150, rows: [30, 10, 20] },
  { wallMs: 1_400, rows: [90, 100, 900] },
]);
const ids: Readonly<Record<string, string>> = { usual: 'app-1', slow: 'app-2' };
const idOf = (job: string) => ids[job] ?? null;
const plan: PairPlan = {
  usual: 'usual',
  slow: 'slow',
  largest: ['skew_tail'],
  stages: 'longest',
  shows: (_usual, slow) => `${longestStage(slow).mostShuffleRows} rows`,
};

describe('the figures of a run', () => {
  it('are read from its event log', () => {
    const { applicationId, wallMs, stages, settings } = runFigures(logOf('app-1'));
    expect({ applicationId, wallMs, settings }).toEqual({
      applicationId: 'app-1',
      wallMs: 1_000,
      settings: { 'spark.executor.memory': '512m' },
    });
    expect(stages[0]).toEqual({
      id: 0,
      tasks: 3,
      wallMs: 100,
      runMs: 60,
      cpuMs: 60,
      longestTaskMs: 30,
      medianTaskMs: 20,
      inputRows: 60,
      mostShuffleRows: 0,
      medianShuffleRows: 0,
      shuffleBytesWritten: 30,
      shuffleWriteMs: 9,
      diskBytesSpilled: 21,
      medianTaskMsByHost: { h0: 30, h1: 10 },
    });
  });
});

describe('a pair of runs', () => {
  it('is measured on the stage that the fault touches', () => {
    expect(comparePair(folder, plan, idOf)).toMatchObject({
      addedMs: 1_000,
      shown: expect.stringMatching(/^900 rows; /),
    });
  });

  it('is measured on all stages where the fault touches all', () => {
    expect(comparePair(folder, { ...plan, stages: 'all' }, idOf).addedMs).toBe(1_050);
  });

  it('is not recorded when the logs do not show the fault, or one is missing', () => {
    expect(() => comparePair(folder, { ...plan, shows: () => null }, idOf)).toThrow(LabError);
    expect(() => comparePair(folder, { ...plan, usual: 'never run' }, idOf)).toThrow(/no event log of never run/);
  });
});
