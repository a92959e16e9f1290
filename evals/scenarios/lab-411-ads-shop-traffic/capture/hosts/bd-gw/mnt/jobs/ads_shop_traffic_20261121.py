from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

def slowly(rows):
    for at, row in enumerate(rows):
        if at % 100 == 0:
            time.sleep(0.25)
        yield (row % 97, 1)
visits = sc.parallelize(range(24000), 8).mapPartitions(slowly).reduceByKey(lambda a, b: a + b, 8)
print(visits.count())
