from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

print(spark.range(0, 2, 1, 2).selectExpr(
    "aggregate(transform(sequence(id, id + 59999999), x -> x + 1), 0L, (a, x) -> a + x) AS total").collect())
