from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
print(spark.range(0, 1000, 1, 4).groupBy().count().collect())
