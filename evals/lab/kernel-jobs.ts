import type { SparkJob } from './jobs.ts';

/** Python workers that load a table of the given size, then work on for a while. */
const PYTHON_TABLE = (mebibytes: number) => `
def embed(rows):
    table = bytearray()
    for at in range(${mebibytes}):
        table += bytes([1]) * 1048576
        if at % 50 == 49:
            time.sleep(0.5)
    time.sleep(25)
    yield len(table) + sum(1 for _ in rows)
print(sc.parallelize(range(1000), 2).mapPartitions(embed).sum())
`;

/** The same work with the table as an array inside the JVM. */
const HEAP_TABLE = `
print(spark.range(2).repartition(2).selectExpr(
    "aggregate(transform(sequence(0L, 59999999L), x -> x + id), 0L, (a, x) -> a + x) AS total").collect())
`;

/** Burns CPU in the executors. */
const CPU_HASHES = `
def digest(rows):
    import hashlib
    for row in rows:
        text = str(row).encode()
        for _ in range(120):
            text = hashlib.sha256(text).digest()
        yield text[0]
print(sc.parallelize(range(120000), 8).mapPartitions(digest).sum())
`;

/** Opens a thread for each connection in the Python workers. */
const MANY_THREADS = `
def fetch(rows):
    import threading
    done = threading.Event()
    threads = []
    try:
        for _ in range(300):
            thread = threading.Thread(target=done.wait)
            thread.start()
            threads.append(thread)
            time.sleep(0.01)
        yield len(threads) + sum(1 for _ in rows)
    finally:
        done.set()
print(sc.parallelize(range(1000), 2).mapPartitions(fetch).sum())
`;

const QUICK_TO_FAIL = { 'spark.yarn.maxAppAttempts': 1, 'spark.task.maxFailures': 2 };

/** Jobs of YARN whose containers live in control groups. */
export const KERNEL_JOBS: readonly SparkJob[] = [
  { name: 'ads_item_embed_20261121', queue: 'etl', script: PYTHON_TABLE(700), settings: QUICK_TO_FAIL },
  { name: 'ads_user_embed_20261121', queue: 'etl', script: HEAP_TABLE, settings: QUICK_TO_FAIL },
  {
    name: 'ads_item_join_20261121',
    queue: 'etl',
    // One modest JVM whose heap is in use.
    script: `
import itertools
kept = spark.range(0, 4000000, 1, 2).selectExpr("id", "id * 7 AS shop").persist()
print(kept.count())
for _ in range(60):
    time.sleep(1)
    kept.count()
`,
    settings: { 'spark.executor.instances': 1, 'spark.executor.memory': '512m', 'spark.yarn.maxAppAttempts': 1 },
  },
  {
    name: 'etl_log_backfill',
    queue: 'adhoc',
    // Many small Python workers, none of them large.
    script: PYTHON_TABLE(100).replaceAll('1000), 2)', '1000), 4)').replace('time.sleep(25)', 'time.sleep(60)'),
    settings: { 'spark.executor.instances': 1, 'spark.executor.cores': 4, 'spark.executor.memory': '256m' },
  },
  { name: 'dws_feature_fetch_20261121', queue: 'etl', script: MANY_THREADS, settings: QUICK_TO_FAIL },
  { name: 'dws_device_digest_20261120', queue: 'etl', script: CPU_HASHES },
  { name: 'dws_device_digest_20261121', queue: 'etl', script: CPU_HASHES },
];
