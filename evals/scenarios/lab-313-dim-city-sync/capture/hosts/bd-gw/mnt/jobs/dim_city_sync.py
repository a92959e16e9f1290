from pyspark.sql import SparkSession, functions as F
import time
spark = SparkSession.builder.getOrCreate()
sc = spark.sparkContext
spark.range(100).write.mode("overwrite").parquet("/dw/dim_city")
