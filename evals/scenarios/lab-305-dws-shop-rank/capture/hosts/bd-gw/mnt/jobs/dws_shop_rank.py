from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

def late(rows):
    time.sleep(45)
    for row in rows:
        yield (row * 7919 % 100003, "x" * 200)
pairs = sc.parallelize(range(400000), 2).mapPartitions(late)
print(pairs.sortByKey(numPartitions=4).count())
