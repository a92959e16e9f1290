from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

print(sc.parallelize(range(1000), 8).map(lambda n: n % 7).countByValue())
