from pyspark.sql import SparkSession, functions as F
import sys, time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext

users = spark.read.parquet("file:/mnt/dw/dwd_user_city/dt=20261121")
print(users.groupBy("city").agg(F.avg("age")).orderBy("city").collect()[:3])
