from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

users = spark.range(0, 200000, 1, 6).withColumn("city", F.col("id") % 64).withColumn("age", F.col("id") % 90)
users.write.mode("overwrite").parquet("file:/mnt/dw/dwd_user_city/dt=20261121")
