from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

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
