import type { SparkJob } from './jobs.ts';

/** Jobs of Spark's own cluster that something happens to. */
export const STANDALONE_JOBS: readonly SparkJob[] = [
  {
    name: 'ads_shop_traffic_20261121',
    queue: null,
    // The second stage needs what executors keep of the first one.
    script: `
def slowly(rows):
    for at, row in enumerate(rows):
        if at % 100 == 0:
            time.sleep(0.25)
        yield (row % 97, 1)
visits = sc.parallelize(range(24000), 8).mapPartitions(slowly).reduceByKey(lambda a, b: a + b, 8)
print(visits.count())
`,
    settings: { 'spark.task.maxFailures': 1 },
  },
  {
    name: 'dwd_user_city_di',
    queue: null,
    script: `
users = spark.range(0, 200000, 1, 6).withColumn("city", F.col("id") % 64).withColumn("age", F.col("id") % 90)
users.write.mode("overwrite").parquet("file:/mnt/dw/dwd_user_city/dt=20261121")
`,
  },
  {
    name: 'rpt_city_age_20261121',
    queue: null,
    script: `
users = spark.read.parquet("file:/mnt/dw/dwd_user_city/dt=20261121")
print(users.groupBy("city").agg(F.avg("age")).orderBy("city").collect()[:3])
`,
  },
  {
    name: 'ads_text_tokens_20261121',
    queue: null,
    // The module lies beside the script on the gateway; nothing ships it.
    script: `
sys.path.insert(0, "/srv/libs")
import adtext
titles = sc.parallelize(["title %d" % n for n in range(4000)], 8)
print(titles.map(adtext.tokens).map(len).sum())
`,
  },
  {
    name: 'ods_coupon_load_20261121',
    queue: null,
    script: `
print(sc.parallelize(range(1000), 8).map(lambda n: n % 7).countByValue())
`,
    settings: { 'spark.driver.bindAddress': '127.0.0.1' },
  },
];
