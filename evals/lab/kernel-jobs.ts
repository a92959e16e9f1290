import type { SparkJob } from './jobs.ts';

/** Python workers that load a table of the given size, then work on for a while. */
const PYTHON_TABLE = (mebibytes: number, tasks: number, seconds: number) => `
def embed(rows):
    table = bytearray()
    for at in range(${mebibytes}):
        table += bytes([1]) * 1048576
        if at % 20 == 19:
            time.sleep(0.3)
    time.sleep(${seconds})
    yield len(table) + sum(1 for _ in rows)
print(sc.parallelize(range(1000), ${tasks}).mapPartitions(embed).sum())
`;

/** The same table as an array inside the JVM. */
const HEAP_TABLE = `
print(spark.range(0, 2, 1, 2).selectExpr(
    "aggregate(transform(sequence(id, id + 59999999), x -> x + 1), 0L, (a, x) -> a + x) AS total").collect())
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
print(sc.parallelize(range(480000), 8).mapPartitions(digest).sum())
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
const ONE_EXECUTOR = { 'spark.executor.instances': 1 };

/** Jobs of YARN whose containers live in control groups. */
export const KERNEL_JOBS: readonly SparkJob[] = [
  {
    // Hardly anything beside the heap: containers of 512 MB, whoever uses them.
    name: 'ads_item_embed_20261120',
    queue: 'etl',
    script: PYTHON_TABLE(380, 2, 15),
    settings: {
      ...QUICK_TO_FAIL,
      ...ONE_EXECUTOR,
      'spark.executor.memory': '480m',
      'spark.executor.memoryOverhead': '32m',
      'spark.driver.memory': '480m',
      'spark.driver.memoryOverhead': '32m',
    },
  },
  {
    name: 'ads_item_embed_20261121',
    queue: 'etl',
    script: PYTHON_TABLE(380, 2, 15),
    settings: { ...QUICK_TO_FAIL, ...ONE_EXECUTOR },
  },
  {
    name: 'ads_user_embed_20261121',
    queue: 'etl',
    script: HEAP_TABLE,
    settings: { ...QUICK_TO_FAIL, ...ONE_EXECUTOR },
  },
  {
    name: 'etl_log_backfill',
    queue: 'adhoc',
    // Many small Python workers, none of them large.
    script: PYTHON_TABLE(50, 4, 400),
    settings: { ...ONE_EXECUTOR, 'spark.executor.cores': 4 },
  },
  {
    name: 'dws_feature_fetch_20261121',
    queue: 'etl',
    script: MANY_THREADS,
    settings: { ...QUICK_TO_FAIL, ...ONE_EXECUTOR },
  },
  { name: 'dws_device_digest_20261120', queue: 'etl', script: CPU_HASHES },
  { name: 'dws_device_digest_20261121', queue: 'etl', script: CPU_HASHES },
];
