import { describe, expect, it } from 'vitest';
import { buildRun } from './fixtures/build-run.ts';
import { runWindow } from './run-window.ts';

describe('runWindow', () => {
  it('goes from submission to the end of the application', () => {
    const run = buildRun({ start: 5_000, end: 9_000 });
    expect(runWindow(run, { submittedAt: 1_000, launchedAt: 3_000 })).toMatchObject({
      from: 1_000,
      launchedAt: 3_000,
      startedAt: 5_000,
      to: 9_000,
      end: 'application_end',
    });
  });

  it('knows no queue from half of the times', () => {
    expect(runWindow(buildRun({ start: 5_000, end: 9_000 }), { submittedAt: 1_000 })).toMatchObject({
      from: 1_000,
      launchedAt: 1_000,
    });
  });

  it('takes the last event for the end of a cut log, the platform’s end where it is known, now for a running one', () => {
    const cut = buildRun({ start: 0, completeness: { lastEventAt: 700 } });
    expect(runWindow(cut)).toMatchObject({ to: 700, end: 'last_event' });
    expect(runWindow(cut, { finishedAt: 900 })).toMatchObject({ to: 900, end: 'platform', recordedUntil: 700 });
    const running = buildRun({ start: 0, completeness: { lastEventAt: 700, end: 'in_progress' } });
    expect(runWindow(running, { now: 2_000 })).toMatchObject({ to: 2_000, end: 'now' });
    expect(runWindow(running, { now: 100 })).toMatchObject({ to: 700, end: 'last_event' });
  });

  it('finds a start and an end among the facts where no event tells them', () => {
    const stages = [{ id: 0, from: 300, to: 800, tasks: [{ launch: 310, finish: 790 }] }];
    const run = buildRun({ start: null, completeness: { firstEventAt: null, lastEventAt: null }, stages });
    expect(runWindow(run)).toMatchObject({ from: 300, to: 800 });
  });

  it('stands times that are no numbers', () => {
    const run = buildRun({ start: 0, completeness: { lastEventAt: Number.POSITIVE_INFINITY } });
    expect(runWindow(run)).toMatchObject({ from: 0, to: 0 });
  });
});
