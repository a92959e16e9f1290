import { describe, expect, it } from 'vitest';
import { readApplicationNumbers, readDescriptions } from './read-descriptions.ts';
import { readJobNames } from './read-job-names.ts';

const names = (text: string) => readJobNames(text, new Set());

describe('readJobNames', () => {
  it.each([
    ['dwd_order_user_wide ran 3 min today', ['dwd_order_user_wide']],
    ['昨晚ads_ctr_feature_daily跑了80秒', ['ads_ctr_feature_daily']],
    ['ads_feed_feature_20261120 还没跑完', ['ads_feed_feature_20261120']],
    ['bert-query-rank hangs since 11:12', ['bert-query-rank']],
    ['训练 lookalike-encoder 很慢', ['lookalike-encoder']],
    ['why is nightly-export slow', ['nightly-export']],
    ['why did zephyr fail', ['zephyr']],
    ['job named `Zephyr 2` failed', ['Zephyr']],
    ['ads.user_profile_daily failed', ['ads.user_profile_daily']],
    ['UserProfileAggregate failed with exit 52', ['UserProfileAggregate']],
    ['ClickDedup died', ['ClickDedup']],
    ['train_ctr.py dies', ['train_ctr.py']],
    ['risk_feature_daily: build_device_graph was green', ['risk_feature_daily', 'build_device_graph']],
    ['任务 abcdef 挂了', ['abcdef']],
    ['为什么 abcdef 失败', ['abcdef']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    'spark.sql.shuffle.partitions is 200, yarn.nodemanager.vmem-check-enabled too',
    'org.apache.spark.SparkException in com.acme.job_x.Main',
    'rows_rdd = rows_rdd.map(lambda x: dict_to_spark_row(schema, x))',
    'max_active_runs_per_dag > 60 and user_id is null',
    'SHUFFLE_DATA_LOST and OOM_KILLED',
    'it is out-of-memory, a so-called low-prio spark-submit',
    '/data/etl_jobs/x_y.log and s3://bucket_a/b_c',
    'NodeManager, OutOfMemoryError, FetchFailedException, ResourceManager, SparkContext',
    'application_1700000000000_0042 container_e12_1700000000000_0042_01_000008',
    'ClickHouse is slow since noon, ClickHouseSink too',
    'the job has failed, my task is slow, why did it fail',
    'nothing is being scheduled',
    'Everything is slow',
    'column user_name_text by key item_code_x',
  ])('%s names none but weakly', (text) => {
    // A word after "column" or "key" may still be a table that a job is named after: it comes last and never alone first.
    expect(names(text).filter((name) => !/^(?:user_name_text|item_code_x)$/.test(name))).toEqual([]);
  });

  it('finds a job by its place in the question, whatever its name looks like', () => {
    const shapes = [
      'dws_k7q_zz',
      'xq_tzv_20261120',
      'zephyr',
      'ab-cdx',
      'renamed-job-17',
      'jobA',
      'J_UPPER_X',
      'order-7f3a',
    ];
    const frames = [
      'why did X fail',
      'why is X slow',
      'Why did the job X fail?',
      'X 为什么慢',
      '为什么 X 这么慢',
      'is X still running?',
    ];
    const missed = frames.flatMap((frame) =>
      shapes
        .map((shape) => [frame.replace('X', shape), shape] as const)
        .filter(([text, shape]) => names(text)[0] !== shape),
    );
    expect(missed).toEqual([]);
  });

  it('puts the name where only a name can stand before others', () => {
    expect(names('column dwd_table_x is null, why did ads_job_y fail')[0]).toBe('ads_job_y');
  });

  it('leaves out pods, hosts and ids', () => {
    expect(readJobNames('my-app-exec-3 on k8s-node-31', new Set(['my-app-exec-3', 'k8s-node-31']))).toEqual([]);
  });
});

describe('readDescriptions', () => {
  it.each([
    ['our nightly ad scoring dies', ['nightly ad scoring']],
    ['OutOfMemoryError in feature store job but heap is free', ['feature store job']],
    ['sort stage of nightly dedup fails', ['nightly dedup']],
    ['low-prio backfill 0062 dies', ['low-prio backfill']],
    ['was it my job', []],
    ['the job died', []],
  ])('%s', (text, expected) => {
    expect(readDescriptions(text)).toEqual(expected);
  });
});

describe('readApplicationNumbers', () => {
  it('takes four digits with a leading zero, and no time or path', () => {
    expect(readApplicationNumbers('backfill 0062 dies')).toEqual(['0062']);
    expect(readApplicationNumbers('at 02:14, 2026, 0.0042, /x/0042, port 8088')).toEqual([]);
  });
});
