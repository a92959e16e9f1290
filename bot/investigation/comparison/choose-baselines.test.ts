import { describe, expect, it } from 'vitest';
import type { SparkRunListing } from '../../../tools/spark/source.ts';
import { buildRun } from '../ledger/fixtures/build-run.ts';
import { chooseBaselines, isUsableBaseline } from './choose-baselines.ts';

function listed(over: Partial<SparkRunListing> & { handle: string }): SparkRunListing {
  return {
    applicationId: over.handle,
    applicationName: 'etl_orders_20261119',
    attempt: null,
    user: 'etl',
    startedAt: 100,
    endedAt: null,
    inProgress: false,
    sparkVersion: null,
    backend: 'event_log',
    ...over,
  };
}

const SUBJECT = { applicationId: 'subject', applicationName: 'etl_orders_20261120', user: 'etl', startedAt: 1000 };

function chosen(listing: SparkRunListing[]): string[] {
  return chooseBaselines(listing, SUBJECT).map((run) => run.handle);
}

describe('chooseBaselines', () => {
  it('takes earlier runs of the same job, newest first', () => {
    expect(chosen([listed({ handle: 'old', startedAt: 1 }), listed({ handle: 'new', startedAt: 900 })])).toEqual([
      'new',
      'old',
    ]);
  });

  it('leaves out itself, later runs, other jobs, other users, running ones and those without a start', () => {
    expect(
      chosen([
        listed({ handle: 'subject' }),
        listed({ handle: 'later', startedAt: 2000 }),
        listed({ handle: 'other', applicationName: 'etl_refunds_20261119' }),
        listed({ handle: 'user', user: 'somebody' }),
        listed({ handle: 'running', inProgress: true }),
        listed({ handle: 'undated', startedAt: null }),
        listed({ handle: 'nameless', applicationName: null }),
      ]),
    ).toEqual([]);
  });

  it('does not hold an unknown user against a run', () => {
    expect(chosen([listed({ handle: 'a', user: null })])).toEqual(['a']);
  });

  it('takes the last attempt of an application, and ten runs at most', () => {
    const attempts = ['1', '2'].map((attempt) => listed({ handle: `a${attempt}`, applicationId: 'a', attempt }));
    expect(chosen(attempts)).toEqual(['a2']);
    expect(chosen(Array.from({ length: 30 }, (_, i) => listed({ handle: `r${i}`, startedAt: i })))).toHaveLength(10);
  });
});

describe('isUsableBaseline', () => {
  it('wants an end and a last job that succeeded', () => {
    expect(isUsableBaseline(buildRun({ end: 10 }))).toBe(true);
    expect(isUsableBaseline(buildRun({ end: null }))).toBe(false);
    expect(isUsableBaseline(buildRun({ end: 10, jobs: [{ id: 0, endedAt: 9, result: 'failed' }] }))).toBe(false);
    expect(isUsableBaseline(buildRun({ end: 10, application: { exitCode: 1 } }))).toBe(false);
  });
});
