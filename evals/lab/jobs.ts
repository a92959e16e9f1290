import { KERNEL_JOBS } from './kernel-jobs.ts';
import { PAIR_JOBS } from './pair-jobs.ts';
import { STANDALONE_JOBS } from './standalone-jobs.ts';

/** A PySpark job of the lab, submitted to YARN in cluster mode or to Spark's own cluster in client mode. */
export interface SparkJob {
  name: string;
  /** Queue of YARN; null: for Spark's own cluster. */
  queue: string | null;
  script: string;
  /** Words that the script finds in `sys.argv`: the same script for another day. */
  parameters?: readonly string[];
  /** Settings beyond those of every job. */
  settings?: Readonly<Record<string, string | number>>;
}

const HEAD = `from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
`;

/** Tasks that take their time, so that something can happen to them. */
const SLOW_TASKS = (secondsPerTask: number, tasks: number) => `
def slowly(rows):
    total = 0
    for row in rows:
        time.sleep(${secondsPerTask} / 100)
        total += row
    yield total
print(sc.parallelize(range(${tasks * 100}), ${tasks}).mapPartitions(slowly).sum())
`;

/** Rows that do not get smaller when they are stored. */
const ROWS = (rows: number, files: number) =>
  `spark.range(0, ${rows}, 1, ${files}).selectExpr("id", "id * 3 % 997 as amount", "sha2(cast(id as string), 256) as token")`;

/** Every job by name. */
export const JOBS: readonly SparkJob[] = [
  ...KERNEL_JOBS,
  ...STANDALONE_JOBS,
  ...PAIR_JOBS,
  { name: 'rpt_gmv_daily', queue: 'adhoc', script: 'print(spark.range(0, 1000, 1, 4).groupBy().count().collect())\n' },
  {
    name: 'etl_backfill_orders',
    queue: 'etl',
    script: SLOW_TASKS(40, 12),
    settings: { 'spark.executor.instances': 3 },
  },
  { name: 'ads_click_features', queue: 'etl', script: SLOW_TASKS(30, 8) },
  {
    name: 'dws_shop_rank',
    queue: 'etl',
    // The pause comes first: what is written to the local disks comes after it. Sorting looks at the keys once before.
    script: `
def late(rows):
    time.sleep(45)
    for row in rows:
        yield (row * 7919 % 100003, "x" * 200)
pairs = sc.parallelize(range(400000), 2).mapPartitions(late)
print(pairs.sortByKey(numPartitions=4).count())
`,
  },
  {
    name: 'ads_item_vectors',
    queue: 'etl',
    script: `
def embed(rows):
    vectors = bytearray(1100 * 1024 * 1024)
    for at in range(0, len(vectors), 4096):
        vectors[at] = 1
    time.sleep(20)
    yield len(vectors) + sum(1 for _ in rows)
print(sc.parallelize(range(1000), 2).mapPartitions(embed).sum())
`,
    settings: { 'spark.yarn.maxAppAttempts': 1, 'spark.task.maxFailures': 2 },
  },
  {
    name: 'dwd_order_detail',
    queue: 'etl',
    script: 'print(spark.read.text("/dw/ods_order/dt=20261120").count())\n',
    settings: { 'spark.hadoop.dfs.client.retry.window.base': 300, 'spark.yarn.maxAppAttempts': 1 },
  },
  { name: 'dws_trade_summary', queue: 'etl', script: SLOW_TASKS(20, 8) },
  {
    name: 'rpt_coupon_whatif',
    queue: 'adhoc',
    script: SLOW_TASKS(40, 12),
    settings: { 'spark.executor.instances': 3 },
  },
  {
    name: 'ads_campaign_daily',
    queue: 'etl',
    script: `${ROWS(300_000, 4)}.write.mode("overwrite").parquet("/dw/ads_campaign/dt=20261121")\n`,
    settings: { 'spark.yarn.maxAppAttempts': 1, 'spark.task.maxFailures': 2 },
  },
  {
    name: 'ods_pay_load',
    queue: 'etl',
    script: `${ROWS(40_000, 2)}.write.mode("overwrite").parquet("/dw/ods_pay/dt=20261120")\n`,
  },
  {
    name: 'dwd_pay_detail',
    queue: 'etl',
    script: `pays = spark.read.parquet("/dw/ods_pay/dt=20261120")
print(pays.agg(F.sum("amount"), F.max("token"), F.max("id")).collect())
`,
    settings: { 'spark.hadoop.dfs.client.retry.window.base': 300, 'spark.yarn.maxAppAttempts': 1 },
  },
  {
    name: 'dwd_log_sessions',
    queue: 'etl',
    script: `for day in range(1, 9):
    ${ROWS(60_000, 2)}.write.mode("overwrite").parquet(f"/dw/dwd_log_sessions/dt=202611{day:02d}")
    print(day, flush=True)
`,
  },
  {
    name: 'dim_city_sync',
    queue: 'etl',
    script: 'spark.range(100).write.mode("overwrite").parquet("/dw/dim_city")\n',
  },
];

/** The whole text of a job's script. */
export function scriptOf(job: SparkJob): string {
  return `${HEAD}${job.script}`;
}

/** A job by its name. */
export function jobNamed(name: string): SparkJob {
  const found = JOBS.find((job) => job.name === name);
  if (!found) throw new Error(`no job ${name}`);
  return found;
}
