from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
for day in range(1, 9):
    spark.range(0, 60000, 1, 2).selectExpr("id", "id * 3 % 997 as amount", "sha2(cast(id as string), 256) as token").write.mode("overwrite").parquet(f"/dw/dwd_log_sessions/dt=202611{day:02d}")
    print(day, flush=True)
