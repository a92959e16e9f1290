import { describe, expect, it } from 'vitest';
import { normaliseJobName } from './normalise-job-name.ts';

describe('normaliseJobName', () => {
  it.each([
    ['ads_ctr_feature_daily_20261120', 'ads_ctr_feature_daily'],
    ['ads_ctr_feature_daily_20261120_03', 'ads_ctr_feature_daily'],
    ['ads_ctr_feature_daily_2026112003', 'ads_ctr_feature_daily'],
    ['ads_ctr_feature_daily-2026-11-20', 'ads_ctr_feature_daily'],
    ['ads_ctr_feature_daily_2026_11_20', 'ads_ctr_feature_daily'],
    ['ads_ctr_feature_daily.py', 'ads_ctr_feature_daily'],
    ['/srv/jobs/ads_ctr_feature_daily.py', 'ads_ctr_feature_daily'],
    ['hdfs:/apps/etl-orders.jar', 'etl-orders'],
    ['etl_orders dt=2026-11-20 hour=03', 'etl_orders'],
    ['etl_orders_20261120_h03', 'etl_orders'],
    ['load_2026-11-20_orders', 'load_orders'],
    ['20261120-etl-orders', 'etl-orders'],
    ['UserGraphJoin-1732150000000', 'UserGraphJoin'],
    ['user-graph-1732150000000000000', 'user-graph'],
    ['etl__scheduled__2026-11-20T00:00:00+00:00', 'etl'],
    ['etl 2026-11-20 03:00:00', 'etl'],
    ['etl_202611', 'etl'],
    ['etl_20261120_attempt2', 'etl'],
    ['报表_日活_20261120', '报表_日活'],
    ['etl (2026-11-20)', 'etl'],
  ])('%s is a run of %s', (name, job) => {
    expect(normaliseJobName(name)).toBe(job);
  });

  it.each([
    'model_v2',
    'etl_2',
    'top100_users',
    'spark-3.5-migration',
    'dwd_order_7d',
    'job_12345678',
    'sku1234567890',
    'q66_20269999',
  ])('%s has nothing to strip', (name) => {
    expect(normaliseJobName(name)).toBe(name);
  });

  it('leaves a name that is nothing but a date', () => {
    expect(normaliseJobName('20261120')).toBe('20261120');
    expect(normaliseJobName('')).toBe('');
  });

  it('is the same for the name of two days and different for two jobs', () => {
    expect(normaliseJobName('dws_a_20261119')).toBe(normaliseJobName('dws_a_20261120'));
    expect(normaliseJobName('dws_a_20261119')).not.toBe(normaliseJobName('dws_b_20261119'));
  });

  it('takes no time on hostile names', () => {
    const started = performance.now();
    for (const piece of ['_2026', '\u0000', '1', '_-', 'dt=', '2026-11-20T']) normaliseJobName(piece.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
