from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
spark.range(0, 40000, 1, 2).selectExpr("id", "id * 3 % 997 as amount", "sha2(cast(id as string), 256) as token").write.mode("overwrite").parquet("/dw/ods_pay/dt=20261120")
