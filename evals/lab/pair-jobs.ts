import type { SparkJob } from './jobs.ts';

/** Join by city, then a look-up for each row that takes its time: reading and time go by the rows of a task, not by the CPU. */
const CITY_JOIN = `
dt = sys.argv[1]
orders = spark.read.schema("order_id long, city int, amount double").csv(f"file:/mnt/dw/ods_order_city/dt={dt}")
cities = spark.range(0, 64, 1, 2).select(F.col("id").cast("int").alias("city"), (F.col("id") % 7).alias("region"))
def enrich(rows):
    for at, row in enumerate(rows):
        if at % 100 == 99:
            time.sleep(0.05)
        yield (row.region, row.amount)
joined = orders.join(cities, "city").rdd.mapPartitions(enrich)
print(joined.map(lambda pair: pair[1]).sum())
`;

/** No plan is changed on the way: a task is a partition, in every run. */
const FIXED_PLAN = { 'spark.sql.adaptive.enabled': 'false', 'spark.sql.autoBroadcastJoinThreshold': -1 };

/** Sorts wide rows by a key that is spread evenly; what it keeps goes to the local disks. */
const PATH_SORT = `
events = spark.range(0, int(sys.argv[2]), 1, 4).select(
    (F.xxhash64("id") % 5000).alias("user"), F.col("id").alias("at"),
    F.sha2(F.col("id").cast("string"), 512).alias("page"), F.sha2((F.col("id") + 1).cast("string"), 512).alias("referer"))
paths = events.repartition(4, "user").sortWithinPartitions("user", "at")
print(paths.rdd.mapPartitions(lambda rows: [sum(1 for _ in rows)]).sum())
`;

/** Sums over few rows, in as many partitions as the settings say. */
const SMALL_SUM = `
base = spark.range(0, 60000, 1, 4).select((F.xxhash64("id") % 5000).alias("sku"), F.col("id").alias("qty"))
daily = base.groupBy("sku").agg(F.sum("qty").alias("qty"))
print(daily.groupBy((F.col("sku") % 10).alias("grp")).agg(F.sum("qty")).collect()[:2])
`;

/** Waits for a fixed time in each task: as long on a busy machine as on an idle one. */
const STEADY = `
def work(rows):
    time.sleep(5)
    yield sum(rows)
print(sc.parallelize(range(8000), 8).mapPartitions(work).map(lambda n: (n % 3, n)).reduceByKey(lambda a, b: a + b, 4).collect())
`;

const pair = (name: string, script: string, usual: Partial<SparkJob>, slow: Partial<SparkJob>): SparkJob[] =>
  (
    [
      ['20261120', usual],
      ['20261121', slow],
    ] as const
  ).map(([day, run]) => {
    const { parameters = [], ...rest } = run;
    return { name: `${name}_${day}`, queue: null, script, ...rest, parameters: [day, ...parameters] };
  });

/** Each job twice: as usual, and as it was the day after. */
export const PAIR_JOBS: readonly SparkJob[] = [
  ...pair('dws_order_city', CITY_JOIN, { settings: FIXED_PLAN }, { settings: FIXED_PLAN }),
  ...pair(
    'ads_page_path',
    PATH_SORT,
    { parameters: ['320000'], settings: { ...FIXED_PLAN, 'spark.executor.memory': '1000m' } },
    { parameters: ['320000'], settings: { ...FIXED_PLAN, 'spark.executor.memory': '450m' } },
  ),
  ...pair(
    'ads_visit_path',
    PATH_SORT,
    { parameters: ['320000'], settings: { ...FIXED_PLAN, 'spark.executor.memory': '1000m' } },
    { parameters: ['320000'], settings: { ...FIXED_PLAN, 'spark.executor.memory': '1000m' } },
  ),
  ...pair(
    'rpt_sku_day',
    SMALL_SUM,
    {},
    { settings: { 'spark.sql.adaptive.enabled': 'false', 'spark.sql.shuffle.partitions': 300 } },
  ),
  ...['20261118', '20261119', '20261120', '20261121'].map((day) => ({
    name: `dim_shop_sync_${day}`,
    queue: null,
    script: STEADY,
  })),
];
