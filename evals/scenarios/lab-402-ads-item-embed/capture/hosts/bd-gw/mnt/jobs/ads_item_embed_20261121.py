from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

def embed(rows):
    table = bytearray()
    for at in range(380):
        table += bytes([1]) * 1048576
        if at % 20 == 19:
            time.sleep(0.3)
    time.sleep(15)
    yield len(table) + sum(1 for _ in rows)
print(sc.parallelize(range(1000), 2).mapPartitions(embed).sum())
