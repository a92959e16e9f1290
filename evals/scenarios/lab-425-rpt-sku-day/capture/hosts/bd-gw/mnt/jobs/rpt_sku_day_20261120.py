from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

base = spark.range(0, 60000, 1, 4).select((F.xxhash64("id") % 5000).alias("sku"), F.col("id").alias("qty"))
daily = base.groupBy("sku").agg(F.sum("qty").alias("qty"))
print(daily.groupBy((F.col("sku") % 10).alias("grp")).agg(F.sum("qty")).collect()[:2])
