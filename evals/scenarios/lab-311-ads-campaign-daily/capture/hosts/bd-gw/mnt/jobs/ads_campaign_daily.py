from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
spark.range(0, 300000, 1, 4).selectExpr("id", "id * 3 % 997 as amount", "sha2(cast(id as string), 256) as token").write.mode("overwrite").parquet("/dw/ads_campaign/dt=20261121")
