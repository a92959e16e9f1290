from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

def slowly(rows):
    total = 0
    for row in rows:
        time.sleep(40 / 100)
        total += row
    yield total
print(sc.parallelize(range(1200), 12).mapPartitions(slowly).sum())
