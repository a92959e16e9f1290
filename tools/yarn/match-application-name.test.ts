import { describe, expect, it } from 'vitest';
import type { YarnApplication } from './application-facts.ts';
import { matchApplicationName, nameWords } from './match-application-name.ts';
import { emptyApplication } from './merge-applications.ts';

function run(id: number, name: string, more: Partial<YarnApplication> = {}): YarnApplication {
  return { ...emptyApplication(`application_1_${id}`, {} as never), name, ...more };
}

describe('matchApplicationName', () => {
  it('drops paths, endings, dates, hours and run numbers', () => {
    expect(nameWords('/opt/jobs/dau_report.py')).toEqual(['dau', 'report']);
    expect(nameWords('dwd_order_wide_20261120')).toEqual(['dwd', 'order', 'wide']);
    expect(nameWords('dwd_order_wide_2026-11-20_03')).toEqual(['dwd', 'order', 'wide']);
    expect(nameWords('dwd-order-wide-2026112003')).toEqual(['dwd', 'order', 'wide']);
  });

  it('prefers the same name, then the period aside, then a part; then the latest', () => {
    const runs = [
      run(1, 'dau_report.py'),
      run(2, 'dau_report_daily', { startedAt: 5 }),
      run(3, 'dau_report_daily', { startedAt: 9 }),
      run(4, 'ads_dau'),
    ];
    expect(matchApplicationName(runs, 'dau_report_daily').map((hit) => [hit.application.id, hit.fit])).toEqual([
      ['application_1_3', 3],
      ['application_1_2', 3],
      ['application_1_1', 2],
    ]);
  });

  it('puts the run in the window, and the failed one where a failure is asked about, first', () => {
    const runs = [
      run(1, 'job_a', { startedAt: 10, finishedAt: 20, finalStatus: 'FAILED' }),
      run(2, 'job_a', { startedAt: 15, finishedAt: 25, finalStatus: 'SUCCEEDED' }),
      run(3, 'job_a', { startedAt: 90, finishedAt: 95, finalStatus: 'FAILED' }),
    ];
    const window = { from: 12, to: 30 };
    expect(matchApplicationName(runs, 'job_a', { window })[0]?.application.id).toBe('application_1_2');
    expect(matchApplicationName(runs, 'job_a', { window, outcome: 'failed' })[0]?.application.id).toBe(
      'application_1_1',
    );
  });

  it('fits nothing when only a short word agrees, or nothing is named', () => {
    expect(matchApplicationName([run(1, 'ads_ctr_feature')], 'ads_clicks')).toEqual([]);
    expect(matchApplicationName([run(1, '')], 'x')).toEqual([]);
    expect(matchApplicationName([run(1, 'a')], '20261120')).toEqual([]);
  });
});
