from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

def slowly(rows):
    total = 0
    for row in rows:
        time.sleep(30 / 100)
        total += row
    yield total
print(sc.parallelize(range(800), 8).mapPartitions(slowly).sum())
