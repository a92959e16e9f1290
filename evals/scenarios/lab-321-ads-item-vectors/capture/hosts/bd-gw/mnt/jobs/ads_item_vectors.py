from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

def embed(rows):
    vectors = bytearray(1100 * 1024 * 1024)
    for at in range(0, len(vectors), 4096):
        vectors[at] = 1
    time.sleep(20)
    yield len(vectors) + sum(1 for _ in rows)
print(sc.parallelize(range(1000), 2).mapPartitions(embed).sum())
